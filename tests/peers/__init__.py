"""Decision tables of others, read where they stand; nothing of them is part of whytune."""
