"""Sample content for a site that is to be looked at: `folkmoot seed --demo`."""
