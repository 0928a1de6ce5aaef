"""The generated part of `docs/settings.md`: a section for each setting."""

from folkmoot.settings import SETTINGS, flag_of, variable_of


def sections() -> str:
    return "\n".join(
        f"\n## `{name}`\n{facts.meaning}\n\n"
        f"- flag `{flag_of(name)}`, variable `{variable_of(name)}`, in a file `{name}`\n"
        f"- allowed: {facts.allowed}\n"
        f"- default: {facts.default_words}"
        for name, facts in SETTINGS.items()
    )
