"""The Woo engine: carries a Dutch freedom-of-information request from receipt to publication."""
