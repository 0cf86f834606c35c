"""What the application does: plain asyncio, without Qt."""
