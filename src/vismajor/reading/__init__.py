"""Reading what people wrote: YAML with places, validation, problems told in words, files shipped with the package."""
