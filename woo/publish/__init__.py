"""What leaves the house: letters, the inventarislijst, metadata and the public folder of a case. No database here."""
