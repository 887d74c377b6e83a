"""Commands on single files: `woo detect`, `woo redact` and `woo verify`. They need no case store."""

from __future__ import annotations

import sys
from collections.abc import Iterable
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
    processes: Annotated[
        int, typer.Option("--processes", min=1, max=64, help="Zoveel processen tegelijk, elk met een eigen model.")
    ] = 1,
    as_json: Json = False,
) -> None:
    """Zoek persoonsgegevens, met bij elke vondst de reden."""
    from redaction.detect.command import detect_files, detect_jsonl  # noqa: PLC0415 - loads the detector

    if bool(files) == bool(input_json):
        raise typer.BadParameter("Geef bestanden, of --input-json met één bestand.")
    worst = 0
    if input_json is not None:
        with _opened(input_json) as lines:
            worst = _report(detect_jsonl(lines, processes=processes), as_json)
    else:
        worst = _report(detect_files(files or [], processes=processes), as_json)
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
        jobs = command.batch_command(batch, password_file=password_file, width_defence=width_defence == "on")
        raise typer.Exit(_batch(jobs, as_json))
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
    _tell(code, report, as_json, failure="Niet bewezen schoon." if len(files) == 3 else "Er is iets gevonden.")


def _batch(jobs: Iterable[tuple[int, dict[str, Any]]], as_json: bool) -> int:
    worst = 0
    for code, report in jobs:
        if as_json:
            emit(report)
        else:
            say(f"Opdracht {report.get('line', '?')}: {report.get('error') or 'gelakt en bewezen schoon.'}")
            _tell_findings(report)
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


def _tell(code: int, report: dict[str, Any], as_json: bool, failure: str = "") -> None:
    if as_json:
        emit(report)
    elif error := report.get("error"):
        say(str(error))
    else:
        say("Bewezen schoon." if code == 0 else failure)
    if not as_json:
        _tell_findings(report)
    raise typer.Exit(code)


def _tell_findings(report: dict[str, Any]) -> None:
    for finding in report.get("findings", []):
        page = finding["page"]
        say(f"  {'het hele bestand' if page is None else f'pagina {page + 1}'}: {finding['message']}")


def _opened(file: Path) -> Any:
    if str(file) == "-":
        return sys.stdin
    try:
        return file.open(encoding="utf-8")
    except OSError:
        raise InputRejected("Dit bestand kan niet worden gelezen. Er is niets gezocht.") from None
