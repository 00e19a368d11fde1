"""Plans of reassignment as pages and papers show them: asked for, compared, drawn, printed."""
