"""The whole story on real and illustrative figures: issue, fill, plant faults, merge."""

from cchc_xl.tasks.demo.story import DemoResult, run_demo

__all__ = ["DemoResult", "run_demo"]
