"""The printing desk: the controlled forms as PDF, from the papers, for whoever may see them."""
