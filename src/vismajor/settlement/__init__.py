"""What the case is worth: the distribution of the award for each claimant and the group, and where offers stand."""
