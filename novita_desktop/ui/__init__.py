"""Everything the person sees."""
