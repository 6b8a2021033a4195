"""What the law says: YAML only, every value dated, sourced and marked with its confidence."""
