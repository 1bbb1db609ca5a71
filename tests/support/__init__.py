"""What tests share: samples, imagined workbooks, drivers of real programs."""
