"""The only code that speaks to Novita: addresses, payloads, streams and failures."""
