"""What changes in organisations. Each change and its audit event are written together."""
