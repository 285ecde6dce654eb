"""What was lost: the counterfactual of revenue, the heads of loss, the award of each world."""
