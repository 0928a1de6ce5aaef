"""What does a thread look like to who does not want a page? The forms that are plain documents."""
