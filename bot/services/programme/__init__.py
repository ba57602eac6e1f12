"""The programme itself: set-up, coordinators, cohorts, and the coordinators' Today."""
