"""Commands on single files: `woo detect`, `woo redact` and `woo verify`. They need no case store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from woo.cli.output import emit, say
from woo.errors import InputRejected

app = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help="Uitvoer voor machines op stdout.")]


@app.command("detect")
def detect(
    files: Annotated[list[Path] | None, typer.Argument(help="Tekst- of PDF-bestanden")] = None,
    input_json: Annotated[
        Path | None, typer.Option("--input-json", help="JSON-regels {id, text}, of - voor stdin.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Zoek persoonsgegevens, met bij elke vondst de reden."""
    from redaction.detect.command import detect_files, detect_jsonl  # noqa: PLC0415 - loads the detector

    if bool(files) == bool(input_json):
        raise typer.BadParameter("Geef bestanden, of --input-json met één bestand.")
    worst = 0
    if input_json is not None:
        with _opened(input_json) as lines:
            results = detect_jsonl(lines)
            worst = _report(results, as_json)
    else:
        worst = _report(detect_files(files or []), as_json)
    raise typer.Exit(worst)


@app.command("redact")
def redact(
    source: Annotated[Path | None, typer.Argument(metavar="IN.pdf")] = None,
    plan: Annotated[Path | None, typer.Argument(metavar="PLAN.json")] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT.pdf")] = None,
    password_file: Annotated[Path | None, typer.Option("--password-file", help="Bestand met het wachtwoord.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON-regels {in, plan, out, width_defence?}.")] = None,
    width_defence: Annotated[str, typer.Option("--width-defence", help="on of off: rond gaten af.")] = "on",
    as_json: Json = False,
) -> None:
    """Lak een PDF en bewijs dat het weg is; zonder bewijs geen bestand."""
    from redaction.pdf import command  # noqa: PLC0415 - loads the PDF libraries

    if width_defence not in ("on", "off"):
        raise typer.BadParameter("Kies on of off.", param_hint="--width-defence")
    if batch is not None:
        if source or plan or target:
            raise typer.BadParameter("Geef met --batch geen losse bestanden.")
        raise typer.Exit(_batch(batch))
    if source is None or plan is None or target is None:
        raise typer.BadParameter("Geef IN.pdf, PLAN.json en OUT.pdf.")
    code, report = command.redact_command(
        source, plan, target, password_file=password_file, width_defence=width_defence == "on"
    )
    _tell(code, report, as_json)


@app.command("verify")
def verify(
    files: Annotated[list[Path], typer.Argument(metavar="[ORIGINEEL.pdf] GELAKT.pdf [PLAN.json]")],
    as_json: Json = False,
) -> None:
    """Controleer een gelakt bestand: met origineel en plan, of alleen het bestand zelf."""
    from redaction.pdf import command  # noqa: PLC0415 - loads the PDF libraries

    if len(files) not in (1, 3):
        raise typer.BadParameter("Geef één bestand, of origineel, gelakt bestand en plan.")
    code, report = command.verify_command(*files)
    _tell(code, report, as_json)


def _batch(jobs: Path) -> int:
    from redaction.pdf import command  # noqa: PLC0415 - loads the PDF libraries

    worst = 0
    for code, report in command.batch_command(jobs):
        emit(report)
        worst = max(worst, code)
    return worst


def _report(results: Any, as_json: bool) -> int:
    worst = 0
    for result in results:
        worst = max(worst, int(result.pop("exit_code", 0)))
        if as_json:
            emit(result)
            continue
        name = result.get("file") or result.get("id")
        say(f"{name}: {result.get('error') or result.get('notice') or ''}")
        for span in result.get("spans", []):
            say(f"  {span['kind']} ({span['score']:.2f}): {span['why']}")
    return worst


def _tell(code: int, report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit(report)
    elif error := report.get("error"):
        say(str(error))
    else:
        say("Bewezen schoon." if code == 0 else "Niet bewezen schoon: er is geen bestand gemaakt.")
        for finding in report.get("findings", []):
            say(f"  {finding}")
    raise typer.Exit(code)


def _opened(file: Path) -> Any:
    if str(file) == "-":
        return sys.stdin
    try:
        return file.open(encoding="utf-8")
    except OSError:
        raise InputRejected("Dit bestand kan niet worden gelezen. Er is niets gezocht.") from None
