"""Page -> candidates: a listing's items (listing/) and an article's fields (article/)."""
