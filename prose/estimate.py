"""What an approach costs -> documents: hosted training, answering in each way, when tuning pays back, an advice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

from whytune.engine import Recommendation
from whytune.engine.advice.recommendation import Firing
from whytune.engine.costs.break_even import BreakEven
from whytune.engine.costs.money import Money
from whytune.engine.costs.option_costs import AdviceCosts, AssumedQuantity, OptionCost
from whytune.engine.costs.rows import Stage
from whytune.engine.costs.serving import Served, ServingEstimate, ServingShape
from whytune.engine.costs.tuning import TuningEstimate
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import Family, translated
from whytune.engine.words.speaker import Speaker

from .answer import set_option
from .document import Block, Document, Gap, Heading, Paragraph, Title, document
from .firings import rests_on
from .prices import (
    STANDING,
    WAY,
    ModelOption,
    Precision,
    Pricing,
    call_of,
    computed,
    headline,
    lasting,
    month_of,
    prices_of,
    rows,
    says_who_can_buy,
    way_named,
)

_ASSUMED = Family[AssumedQuantity]("costs")


def tuning(estimate: TuningEstimate, pricing: Pricing) -> Document:
    """What hosted fine-tuning costs, and how that comes about."""
    row = estimate.row
    title = pricing.say("training_cost", model=row.model, cost=estimate.cost.shown(), day=str(pricing.day))
    price = pricing.price(pricing.say("of_provider", model=row.model, provider=row.provider), row)
    blocks = [
        Title(title),
        *pricing.age(estimate.rows),
        Paragraph(computed(estimate, pricing), level=1),
        *pricing.warning(estimate.stage, choose="model"),
        Gap(),
        rows([*price, *pricing.closing(row.currency, estimate.scope)]),
    ]
    return document(title, pricing.language, blocks)


def serving(estimate: ServingEstimate, pricing: Pricing) -> Document:
    """What answering costs per month, one way after the other."""
    traffic = {"calls": f"{estimate.traffic.calls:,}", "output": f"{estimate.traffic.output_tokens:,}"}
    title = pricing.say("serving_cost", **traffic, day=str(pricing.day))
    blocks: list[Block] = [Title(title), *pricing.age(estimate.rows)]
    blocks += _two_models(estimate.ways, estimate.same_model, pricing, {})
    blocks += _named_by_list(*_models(estimate.ways), pricing)
    for way in estimate.ways:
        blocks.append(Heading(pricing.say("way_costs", way=way_named(way, pricing), cost=way.month.shown())))
        choose: ModelOption | None = "tuned_model" if way.is_tuned else None
        blocks += [rows(month_of(way, pricing)), *pricing.warning(way.stage, choose=choose)]
    if prices := [*prices_of((*estimate.ways, *estimate.same_model), pricing)]:
        blocks += [Heading(pricing.say("prices", day=str(pricing.day))), rows(prices)]
    shown: Precision = "rounded" if all(way.month.is_exact for way in estimate.ways) else "whole"
    blocks += [Gap(), rows(pricing.closing(estimate.ways[0].month.currency, estimate.scope, shown))]
    return document(title, pricing.language, blocks)


def break_even(meeting: BreakEven, pricing: Pricing) -> Document:
    """When tuning pays for itself, or that it never does, and why."""
    title = headline(meeting, pricing)
    blocks = [
        Title(title),
        *pricing.age(meeting.rows),
        *pricing.warning(meeting.tuned.stage, is_said=says_who_can_buy(meeting), choose="tuned_model"),
        *_two_models((meeting.base, meeting.tuned), meeting.same_model, pricing, {}),
        *_named_by_list(*_models((meeting.base, meeting.tuned)), pricing),
        Gap(),
        rows(_balance(meeting, pricing)),
        Heading(pricing.say("prices", day=str(pricing.day))),
        rows(prices_of((meeting.base, meeting.tuned, *meeting.same_model), pricing)),
        Gap(),
        rows(pricing.closing(meeting.saving.currency, meeting.scope)),
    ]
    return document(title, pricing.language, blocks)


def _two_models(
    ways: Sequence[Served], same_model: Iterable[Served], pricing: Pricing, names: Mapping[ServingShape, str]
) -> Iterator[Block]:
    """That another model is tuned than prompted, and what the tuned one costs as it is; nothing if it is the same.

    Ways are called by these `names`, as far as they have one.
    """
    tuned, prompted = _models(ways)
    if tuned is None or prompted in (None, tuned):
        return
    costs = (
        pricing.say("way_a_month", way=_called(way.shape, names, pricing), cost=way.month.shown()) for way in same_model
    )
    if amounts := pricing.say("semicolon").join(costs):
        text = pricing.say("two_models", tuned=tuned, prompted=str(prompted), costs=amounts)
    else:
        text = pricing.say("two_models_no_amount", tuned=tuned, prompted=str(prompted))
    yield Paragraph(text, level=1)


def _models(ways: Sequence[Served]) -> tuple[str | None, str | None]:
    """The model that is tuned, and the one that is prompted."""
    tuned = next((way.model for way in ways if way.is_tuned), None)
    return tuned, next((way.model for way in ways if not way.is_tuned), None)


def _called(shape: ServingShape, names: Mapping[ServingShape, str], pricing: Pricing) -> str:
    """What a way is called: by its option where there is one."""
    return names.get(shape) or pricing.say(WAY[shape])


def _names(costs: AdviceCosts, speaker: Speaker) -> dict[ServingShape, str]:
    """The options that are answered in each way."""
    options: dict[ServingShape, list[str]] = {}
    for cost in costs.options:
        if cost.shape:
            options.setdefault(cost.shape, []).append(speaker.option(costs.decision, cost.option))
    return {shape: speaker.listed(names) for shape, names in options.items()}


def _balance(meeting: BreakEven, pricing: Pricing) -> Iterator[tuple[str, str]]:
    """What a call costs either way, and what tuning costs at first and each month."""
    traffic = {"calls": f"{meeting.traffic.calls:,}", "output": f"{meeting.traffic.output_tokens:,}"}
    yield pricing.say("traffic"), pricing.say("traffic_of", **traffic)
    for way in (meeting.base, meeting.tuned):
        yield way_named(way, pricing), call_of(way, pricing)
    yield pricing.say("saving"), pricing.say("each_call", cost=meeting.saving.shown_rate())
    spent = meeting.spent
    parts = pricing.say("training_and_data", training=spent.training.shown(), data=spent.data.shown())
    yield pricing.say("at_first"), pricing.say("within", value=spent.first.shown(), bounds=parts)
    if meeting.monthly.high:
        hosting, again = meeting.tuned.standing.shown(), spent.retraining.shown()
        parts = pricing.say("hosting_and_retraining", hosting=hosting, retraining=again)
        yield pricing.say("each_month"), pricing.say("within", value=meeting.monthly.shown(), bounds=parts)
    if spent.every is not None:
        yield pricing.say("each_month"), pricing.say("spread_evenly", months=str(spent.every))
    if meeting.training:
        yield pricing.say("training"), computed(meeting.training, pricing)


def advised(costs: AdviceCosts, answer: Recommendation, speaker: Speaker, pricing: Pricing) -> Iterator[Block]:
    """The costs of an advice and its main rival, and whether they speak against it; or which facts are lacking."""
    yield Heading(_title(costs, pricing))
    yield from pricing.age(costs.rows)
    if costs.must_stay_inside and costs.is_known:
        yield Paragraph(pricing.say("costs_inside"), 1, "doubtful", to_type=pricing.say("costs_own_machines"))
    if not costs.options:
        yield Paragraph(pricing.say("costs_open"), level=1)
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for cost in costs.options:
        words = _cost(cost, costs.assumed, speaker, pricing), _to_give(cost, speaker)
        alike.setdefault(words, []).append(speaker.option(costs.decision, cost.option))
    for (text, facts), options in alike.items():
        to_type = set_option(*facts) if facts else ""
        asks = tuple((fact, speaker.fact(fact)) for fact in facts)
        yield Paragraph(speaker.pair(speaker.listed(options), text), 1, to_type=to_type, asks=asks)
    yield from _without_shared_part(costs, speaker, pricing)
    yield from _without_text(costs, speaker, pricing)
    served = [cost.served for cost in costs.options if cost.served]
    yield from _two_models(served, costs.same_model, pricing, _names(costs, speaker))
    yield from _named_by_list(costs.tuned_model, costs.prompted_model, pricing)
    if costs.pays_back:
        if costs.against:
            yield Paragraph(_against(costs, costs.pays_back, answer, speaker, pricing), 1, "doubtful")
        else:
            yield Paragraph(headline(costs.pays_back, pricing), level=1)
    if costs.is_known:
        yield from _resting_on(costs, speaker, pricing)


def _named_by_list(tuned: str | None, prompted: str | None, pricing: Pricing) -> Iterator[Block]:
    """Why it is these two models: the price list names both, else nothing is said; and how others are priced."""
    identity = pricing.prices.identity
    if tuned != prompted and tuned in identity.reference and prompted and prompted == identity.prompted:
        text = pricing.say("two_models_of_list", tuned=tuned, prompted=prompted)
        names = (("tuned_model", tuned), ("model", prompted))
        yield Paragraph(text, 1, "quiet", to_type="(--prices FILE)", names=names)


def _without_shared_part(costs: AdviceCosts, speaker: Speaker, pricing: Pricing) -> Iterator[Block]:
    """By how much two options differ whose ranges come from one part that both have."""
    for part in costs.shared:
        options = {
            "cheaper": speaker.option(costs.decision, part.cheaper.option),
            "dearer": speaker.option(costs.decision, part.dearer.option),
        }
        standing, amount = pricing.say(STANDING[part.shape]), part.standing.shown()
        difference = part.difference.shown()
        text = pricing.say("costs_shared", **options, difference=difference, standing=standing, amount=amount)
        yield Paragraph(text, level=1)


def _without_text(costs: AdviceCosts, speaker: Speaker, pricing: Pricing) -> Iterator[Block]:
    """Which amounts leave out the text that another has in each call, and so are no cheaper for the same."""
    text = max((cost.text_tokens or 0 for cost in costs.options), default=0)
    bare = [
        speaker.option(costs.decision, cost.option)
        for cost in costs.options
        if cost.served and cost.shape in ("prompt", "fine_tune") and cost.served.prompt.tokens < text
    ]
    if bare:
        left_out = {"options": speaker.listed(bare), "tokens": f"{text:,}"}
        yield Paragraph(pricing.say("costs_without_text", **left_out), 1, "doubtful")


def advised_in_short(costs: AdviceCosts, answer: Recommendation, speaker: Speaker, pricing: Pricing) -> Iterator[Block]:
    """The costs without what they rest on, and what they leave out; nothing where no amount is known."""
    if costs.is_known:
        yield from takewhile(lambda block: not isinstance(block, Gap), advised(costs, answer, speaker, pricing))
        identity = pricing.prices.identity
        named = {"name": identity.name, "edition": identity.edition}
        text = pricing.say("costs_not_counted", left_out=pricing.left_out(costs.scope), **named)
        yield Paragraph(text, 1, "quiet")


def _title(costs: AdviceCosts, pricing: Pricing) -> str:
    """The day, and the models that the amounts are of."""
    tuned, prompted = costs.tuned_model, costs.prompted_model
    if tuned and prompted and tuned != prompted:
        return pricing.say("costs_title_of_two", day=str(pricing.day), model=tuned, prompted=prompted)
    if model := tuned or prompted:
        return pricing.say("costs_title", day=str(pricing.day), model=model)
    return pricing.say("costs_title_bare", day=str(pricing.day))


def _against(costs: AdviceCosts, meeting: BreakEven, answer: Recommendation, speaker: Speaker, pricing: Pricing) -> str:
    """What the prices say against the advice, and the reason why it stays."""
    option = speaker.option(costs.decision, costs.options[0].option)
    reason = next((_reason(firing, answer, speaker) for firing in answer.first_grounds(costs.decision)), "")
    if costs.against == "tuning_is_dearer":
        return pricing.say("tuning_is_dearer", meeting=headline(meeting, pricing), option=option, reason=reason)
    time = lasting(meeting.point.months or Decimal(0), pricing)
    return pricing.say("tuning_is_cheaper", model=costs.model, time=time, option=option, reason=reason)


def _reason(firing: Firing, answer: Recommendation, speaker: Speaker) -> str:
    """The reason that a rule gives, with the numbers of the case and the bounds that it goes by."""
    text = speaker.text(firing.text)
    steps = {use.step for use in firing.used}
    bands = [use for step in answer.trace if step.number in steps and step.kind == "band" for use in step.used]
    limits = rests_on(speaker, bands, answer.facts)
    bare = text.rstrip(".。")
    return speaker.say("against_by_limits", reason=bare, limits=limits) + text[len(bare) :] if limits else text


def _resting_on(costs: AdviceCosts, speaker: Speaker, pricing: Pricing) -> Iterator[Block]:
    """Who can buy at these prices, where the amounts come from, and what is not in them."""
    headed = costs.pays_back if costs.pays_back and costs.against != "tuning_is_cheaper" else None
    in_headline = headed.tuned.stage if headed and says_who_can_buy(headed) else None
    tuned = list(filter(None, map(_tuned_stage, costs.options)))
    untuned = (cost.served.stage for cost in costs.options if cost.served and cost.served.stage)
    stages = {id(stage): stage for stage in (*((in_headline,) if in_headline else ()), *tuned, *untuned)}
    for stage in stages.values():
        yield from pricing.warning(stage, is_said=stage is in_headline, choose="model" if stage in tuned else None)
    yield from (Gap(), rows(_grounds(costs, speaker, pricing)))
    for model, stage in costs.passed_over:
        first = pricing.say("passed_over", model=model)
        yield Paragraph(first, 1, "quiet", to_type=pricing.say("costs_with_model", model=model))
        yield from pricing.warning(stage)
    if any(cost.training for cost in costs.options):
        yield Paragraph(pricing.say("costs_hosted"), 1, "quiet", to_type=pricing.say("costs_gpus"))


def _cost(cost: OptionCost, assumed: Collection[AssumedQuantity], speaker: Speaker, pricing: Pricing) -> str:
    """What it costs once and a month, and what is missing for the rest."""
    if cost.shape is None:
        return pricing.say("costs_shapeless")
    if cost.unpriced:
        return pricing.say("costs_unpriced", why=visible(translated(cost.unpriced, pricing.language)))
    costs = []
    if cost.beyond:
        costs.append(pricing.say("costs_beyond", tokens=f"{cost.beyond:,}"))
    if cost.training:
        costs.append(pricing.say("costs_training", cost=cost.training.cost.shown()))
    if cost.served:
        costs.append(_a_month(cost.served, pricing))
    if cost.text_tokens:
        text = "costs_text_assumed" if "knowledge_tokens" in assumed else "costs_text"
        costs.append(pricing.say(text, tokens=f"{cost.text_tokens:,}"))
    if cost.from_cache:
        costs.append(pricing.say("costs_from_cache", cost=cost.from_cache.shown()))
    if cost.is_overstated and cost.served:
        costs.append(pricing.say("costs_overstated", model=cost.served.model))
    if cost.missing:
        facts = speaker.rulebook.vocabulary.by_name
        names = (speaker.fact(name) if name in facts else name for name in dict.fromkeys(cost.missing))
        costs.append(pricing.say("costs_missing", facts=speaker.listed(names)))
    return pricing.say("semicolon").join(costs)


def _a_month(served: Served, pricing: Pricing) -> str:
    """What a month costs with which model, and what makes it a range."""
    parts = {"cost": served.month.shown(), "model": served.model}
    if served.month.is_exact:
        return pricing.say("costs_serving", **parts)
    standing = pricing.say(STANDING[served.shape])
    return pricing.say("costs_serving_between", **parts, standing=standing, amount=served.standing.shown())


def _to_give(cost: OptionCost, speaker: Speaker) -> tuple[str, ...]:
    """What is missing, as far as it is a fact."""
    return tuple(name for name in dict.fromkeys(cost.missing) if name in speaker.rulebook.vocabulary.by_name)


def _assumed(name: AssumedQuantity, costs: AdviceCosts, pricing: Pricing) -> str:
    """What the amounts take for granted, and of the cache what it would charge."""
    prompted = (cost.served.row for cost in costs.options if cost.served and cost.shape in ("prompt", "in_context"))
    row = next((row for row in prompted if row and row.input is not None and row.cached_input is not None), None)
    if name != "cached_share" or row is None:
        return pricing.say(_ASSUMED[name])
    rates = {"input": row.input, "cached": row.cached_input}
    shown = {of: Money.exact(rate, row.currency).shown_rate() for of, rate in rates.items() if rate is not None}
    return pricing.say("costs_cached_share_priced", **shown)


def _tuned_stage(cost: OptionCost) -> Stage | None:
    """Who can buy the tuning of the model that this option tunes; None if it tunes none."""
    if cost.training:
        return cost.training.stage
    return cost.served.stage if cost.served and cost.served.is_tuned else None


def _grounds(costs: AdviceCosts, speaker: Speaker, pricing: Pricing) -> Iterator[tuple[str, str]]:
    """How the amounts come about, what was assumed, and the prices."""
    for cost in costs.options:
        if cost.training:
            yield pricing.say("training"), computed(cost.training, pricing)
        if cost.served:
            (_, month), *standing = month_of(cost.served, pricing)
            yield from ((speaker.option(costs.decision, cost.option), month), *standing)
    for name in costs.assumed:
        yield pricing.say("assumed_of"), _assumed(name, costs, pricing)
    for cost in costs.options:
        if cost.training and not (cost.served and cost.served.row):
            row = cost.training.row
            yield from pricing.price(pricing.say("of_provider", model=row.model, provider=row.provider), row)
    yield from prices_of((*(cost.served for cost in costs.options if cost.served), *costs.same_model), pricing)
    currency = next(
        amount.currency
        for cost in costs.options
        for amount in (cost.training.cost if cost.training else None, cost.served.month if cost.served else None)
        if amount
    )
    exact = all(cost.served.month.is_exact for cost in costs.options if cost.served)
    yield from pricing.closing(currency, costs.scope, "rounded" if exact else "whole")
