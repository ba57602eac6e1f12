"""Drawings of the programme itself: set-up, coordinators, cohorts, the coordinators' Today."""
