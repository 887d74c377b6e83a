"""Other name models in the place of ours: spaCy by name or folder, GLiNER, ONNX token classifier; made here, small."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import spacy
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from redaction.detect import DetectorSettings, PipelineUnavailableError, load_detector
from redaction.detect.pipelines import PERSON, label_of, load_pipeline
from redaction.detect.pipelines.onnx_files import windows

FIRST, LAST = "Kwibux", "Zoutmax"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "<<ENT>>", "<<SEP>>"]
WORDS = [*SPECIAL, FIRST, LAST, "person", "organization", "location", "daar", "zat"]
TEXT = f"daar zat {FIRST} {LAST}, toen nog blond"


def tokenizer(folder: Path) -> None:
    words = Tokenizer(models.WordLevel({word: index for index, word in enumerate(WORDS)}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.add_special_tokens(SPECIAL)
    words.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    words.save(str(folder / "tokenizer.json"))


def save(folder: Path, nodes: list, constants: dict, inputs: list, shape: list) -> None:  # type: ignore[type-arg]
    graph = helper.make_graph(
        nodes,
        "made in a test",
        [helper.make_tensor_value_info(name, kind, dims) for name, kind, dims in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(np.array(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, folder / "model.onnx")


@pytest.fixture
def classifier(tmp_path: Path) -> Path:
    """A classifier that knows one first name and one surname by heart."""
    tokenizer(tmp_path)
    labels = ["O", "B-PER", "I-PER", "B-LOC"]
    (tmp_path / "config.json").write_text(
        json.dumps({"id2label": dict(enumerate(labels)), "max_position_embeddings": 32}), "utf-8"
    )
    table = np.zeros((len(WORDS), len(labels)), dtype=np.float32)
    table[:, 0] = 1
    table[WORDS.index(FIRST), 1] = table[WORDS.index(LAST), 2] = 5
    save(
        tmp_path,
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"])],
        {"table": table},
        [("input_ids", TensorProto.INT64, [1, None]), ("attention_mask", TensorProto.INT64, [1, None])],
        [1, None, len(labels)],
    )
    return tmp_path


@pytest.fixture
def gliner(tmp_path: Path) -> Path:
    """A span model that takes spans which begin and end with a name it knows, the longer the better, for people."""
    tokenizer(tmp_path)
    (tmp_path / "gliner_config.json").write_text(
        json.dumps({"span_mode": "markerV0", "max_width": 3, "max_len": 20}), "utf-8"
    )
    known = np.full(len(WORDS), -9, dtype=np.float32)
    known[[WORDS.index(FIRST), WORDS.index(LAST)]] = 3
    nodes = [
        helper.make_node("Gather", ["known", "input_ids"], ["by_token"]),
        helper.make_node("Greater", ["words_mask", "zero"], ["is_word"]),
        helper.make_node("NonZero", ["is_word"], ["where"]),
        helper.make_node("Transpose", ["where"], ["places"], perm=[1, 0]),
        helper.make_node("GatherND", ["by_token", "places"], ["by_word"]),
        helper.make_node("Gather", ["span_idx", "zero"], ["begin"], axis=2),
        helper.make_node("Gather", ["span_idx", "one"], ["end"], axis=2),
        helper.make_node("Gather", ["by_word", "begin"], ["at_begin"]),
        helper.make_node("Gather", ["by_word", "end"], ["at_end"]),
        helper.make_node("Min", ["at_begin", "at_end"], ["weakest"]),
        helper.make_node("Sub", ["end", "begin"], ["length"]),
        helper.make_node("Cast", ["length"], ["width"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["weakest", "width"], ["person"]),
        helper.make_node("Reshape", ["person", "shape"], ["people"]),
        helper.make_node("Sub", ["people", "people"], ["nothing"]),
        helper.make_node("Sub", ["nothing", "nine"], ["others"]),
        helper.make_node("Concat", ["people", "others", "others"], ["logits"], axis=3),
    ]
    save(
        tmp_path,
        nodes,
        {
            "known": known,
            "zero": np.int64(0),
            "one": np.int64(1),
            "shape": np.array([1, -1, 3, 1]),
            "nine": np.float32(9),
        },
        [
            ("input_ids", TensorProto.INT64, [1, None]),
            ("attention_mask", TensorProto.INT64, [1, None]),
            ("words_mask", TensorProto.INT64, [1, None]),
            ("text_lengths", TensorProto.INT64, [1, 1]),
            ("span_idx", TensorProto.INT64, [1, None, 2]),
            ("span_mask", TensorProto.BOOL, [1, None]),
        ],
        [1, None, 3, 3],
    )
    return tmp_path


@pytest.fixture
def spacy_folder(tmp_path: Path) -> Path:
    nlp = spacy.blank("nl")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": f"{FIRST} {LAST}"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture(params=["classifier", "gliner", "spacy_folder"])
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


def people(folder: Path, text: str) -> list[str]:
    return [text[person.start_char : person.end_char] for person in load_pipeline(folder).entities(text)]


@pytest.mark.slow
def test_every_kind_of_model_gives_the_same_people(folder: Path) -> None:
    assert people(folder, TEXT) == [f"{FIRST} {LAST}"]
    assert people(folder, "") == people(folder, "  \n ") == people(folder, "daar zat niemand") == []


@pytest.mark.slow
def test_names_far_apart_and_on_the_cuts_of_a_long_text_are_each_found_once(folder: Path) -> None:
    for shift in range(25):
        text = f"{'daar ' * shift}{f'{FIRST} {LAST} zat. ' * 40}"
        assert people(folder, text) == [f"{FIRST} {LAST}"] * 40


@pytest.mark.slow
def test_the_whole_detector_works_with_every_kind_of_model(folder: Path) -> None:
    spans = load_detector(DetectorSettings(nlp_pipeline=str(folder), use_deduce=False)).detect(TEXT)
    assert [(span.text, "model.person" in span.sources) for span in spans] == [(f"{FIRST} {LAST}", True)]


def test_an_installed_spacy_pipeline_is_taken_by_its_name(
    spacy_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "packages" / "nl_toets_sm"
    package.mkdir(parents=True)
    spacy_folder.rename(package / "nl_toets_sm-1.0.0")
    (package / "meta.json").write_text((package / "nl_toets_sm-1.0.0" / "meta.json").read_text("utf-8"), "utf-8")
    meta = json.loads((package / "meta.json").read_text("utf-8"))
    (package / "meta.json").write_text(json.dumps({**meta, "name": "toets_sm", "version": "1.0.0"}), "utf-8")
    (package / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        "utf-8",
    )
    info = package.parent / "nl_toets_sm-1.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nl_toets_sm\nVersion: 1.0.0\n", "utf-8")
    monkeypatch.syspath_prepend(str(package.parent))
    assert [person.label_ for person in load_pipeline("nl_toets_sm").entities(TEXT)] == ["PER"]


@pytest.mark.parametrize("wanted", ["nl_core_news_bestaat_niet", "../weg", "C:\\modellen", "os"])
def test_a_name_that_is_no_folder_and_no_pipeline_gives_a_clear_line(wanted: str) -> None:
    with pytest.raises(PipelineUnavailableError, match=r"WOO_NLP_PIPELINE"):
        load_pipeline(wanted)


@pytest.mark.parametrize("part", ["tokenizer.json", "model.onnx"])
@pytest.mark.parametrize("kind", ["classifier", "gliner"])
def test_missing_and_broken_parts_of_a_model_are_named(kind: str, part: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(kind)
    content = (folder / part).read_bytes()
    (folder / part).write_bytes(b"{]")
    with pytest.raises(PipelineUnavailableError, match=part):
        load_pipeline(folder)
    (folder / part).unlink()
    if part == "model.onnx":
        (folder / "onnx").mkdir()
        (folder / "onnx" / "model.onnx").write_bytes(content)
        assert people(folder, TEXT) == [f"{FIRST} {LAST}"]
    else:
        with pytest.raises(PipelineUnavailableError, match=f"{part} ontbreekt"):
            load_pipeline(folder)


def test_a_gliner_folder_without_weights_says_so(gliner: Path) -> None:
    (gliner / "model.onnx").unlink()
    with pytest.raises(PipelineUnavailableError, match=r"model\.onnx ontbreekt"):
        load_pipeline(gliner)


def test_a_gliner_model_that_weighs_tokens_is_refused(gliner: Path) -> None:
    (gliner / "gliner_config.json").write_text(json.dumps({"span_mode": "token_level"}), "utf-8")
    with pytest.raises(PipelineUnavailableError, match="span_mode markerV0"):
        load_pipeline(gliner)


def test_a_model_that_knows_no_people_is_refused(classifier: Path, tmp_path: Path) -> None:
    (classifier / "config.json").write_text(json.dumps({"id2label": {"0": "O", "1": "B-LOC"}}), "utf-8")
    with pytest.raises(PipelineUnavailableError, match="herkent geen personen"):
        load_pipeline(classifier)
    spacy.blank("nl").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineUnavailableError, match="herkent geen personen"):
        load_pipeline(tmp_path / "blank")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
@pytest.mark.parametrize("kind", ["classifier", "gliner"])
def test_without_the_optional_packages_the_line_says_what_to_install(
    kind: str, package: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = request.getfixturevalue(kind)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PipelineUnavailableError, match=r"pip install 'woo-engine\[nlp\]'"):
        load_pipeline(folder)


@pytest.mark.parametrize("label", ["PER", "PERSON", "person", "GIVENNAME", "LAST_NAME", "first name"])
def test_labels_of_other_makers_for_people_are_known(label: str) -> None:
    assert label_of(label) == PERSON


@pytest.mark.parametrize("label", ["LOC", "ORG", "O", "MISC", "USERNAME", "COMPANYNAME"])
def test_labels_for_other_things_are_not_taken_for_people(label: str) -> None:
    assert label_of(label) != PERSON


@pytest.mark.parametrize(("count", "size", "overlap"), [(1, 10, 4), (10, 10, 4), (11, 10, 4), (57, 10, 4), (100, 7, 2)])
def test_windows_judge_every_item_once_and_away_from_the_cuts(count: int, size: int, overlap: int) -> None:
    judged: list[int] = []
    for start, end, first, last in windows(count, size, overlap):
        assert start <= first < last <= end and end - start <= size
        assert (first == 0 or first - start >= overlap // 2) and (last == count or end - last >= overlap // 2)
        judged += range(first, last)
    assert judged == list(range(count))
