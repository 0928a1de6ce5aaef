"""What do feed readers get? RSS 2.0."""
