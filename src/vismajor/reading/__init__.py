"""Reading what people wrote: YAML with positions, validation, problems told in words, files shipped with the package."""
