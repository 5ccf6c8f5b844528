"""What is read from files: the demo book of business."""
