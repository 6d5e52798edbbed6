"""Official papers from DOCX templates that a region can replace: filled, and drawn as PDF from what was filled."""
