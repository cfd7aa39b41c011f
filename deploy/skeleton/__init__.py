"""The shape of a module, as files to fill: `make module name=reports label=Signalements segment=signalements`."""
