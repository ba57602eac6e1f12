"""The courier: leases letters, draws them in the receiver's language, sends them, marks them. Start in `courier`."""
