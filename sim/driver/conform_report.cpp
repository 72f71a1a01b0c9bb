#include "sim/driver/conform_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "model/base/js_string.hpp"

namespace sim {

namespace js = model::js;

namespace {

constexpr std::size_t kValueBytesShown = 400;
constexpr std::size_t kIdsShown = 6;

std::string shortened(const std::optional<js::Value>& value) {
  if (!value) return "nothing";
  const std::string text = js::dump(*value);
  if (text.size() <= kValueBytesShown) return text;
  return fmt::format("{} ... ({} bytes)", js::cut_utf8(text, kValueBytesShown), text.size());
}

std::string step_name(const Verdict& verdict, const Difference& difference) {
  if (!difference.step) return "stores at the end";
  const std::size_t step = *difference.step;
  return fmt::format("step {} ({})", step, step < verdict.kinds.size() ? verdict.kinds[step] : "?");
}

std::string cause_of(const Verdict& verdict) {
  if (verdict.differences.empty()) return "stopped: " + verdict.stopped;
  const Difference& first = verdict.differences.front();
  const std::string kind =
      first.step && *first.step < verdict.kinds.size() ? verdict.kinds[*first.step] : "stores";
  return fmt::format("{}: {}: expected {}, got {}", kind, first.shape,
                     without_symbol_numbers(shortened(first.expected)),
                     without_symbol_numbers(shortened(first.got)));
}

std::string describe_failing(const Verdict& verdict, std::size_t differences_shown) {
  std::string text =
      fmt::format("{}: {} ({}) differs\n", verdict.location, verdict.id, verdict.revision);
  if (!verdict.stopped.empty()) text += fmt::format("  stopped: {}\n", verdict.stopped);
  const std::size_t shown = std::min(differences_shown, verdict.differences.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Difference& difference = verdict.differences[i];
    text += fmt::format("  {}: {}\n    - {}\n    + {}\n", step_name(verdict, difference),
                        difference.path.empty() ? "everything" : difference.path,
                        shortened(difference.expected), shortened(difference.got));
  }
  if (shown > 0 && shown < verdict.differences.size()) {
    text += fmt::format("  and {} more (--show {})\n", verdict.differences.size() - shown,
                        verdict.differences.size());
  }
  return text;
}

std::string describe_cause(const Cause& cause) {
  std::string ids;
  for (std::size_t i = 0; i < std::min(kIdsShown, cause.ids.size()); ++i) {
    ids += (i == 0 ? "" : ", ") + cause.ids[i];
  }
  if (cause.ids.size() > kIdsShown) ids += ", ...";
  return fmt::format("{:6}  {}\n        {}\n", cause.ids.size(), cause.what, ids);
}

js::Object to_json(const Tally& tally) {
  return {{"vectors", static_cast<std::int64_t>(tally.vectors)},
          {"matched", static_cast<std::int64_t>(tally.matched)}};
}

}  // namespace

void ConformReport::add(Verdict verdict) {
  const bool matched = verdict.matched();
  const auto count = [&](Tally& tally) {
    ++tally.vectors;
    tally.matched += matched ? 1 : 0;
  };
  count(all);
  for (const std::string& tag : verdict.tags) count(by_tag[tag]);
  our_faults += verdict.our_fault ? 1 : 0;
  if (!matched) failing.push_back(std::move(verdict));
}

std::vector<Cause> causes(const ConformReport& report) {
  std::map<std::string, std::vector<std::string>> ids;
  for (const Verdict& verdict : report.failing) ids[cause_of(verdict)].push_back(verdict.id);
  std::vector<Cause> sorted;
  for (auto& [what, of_cause] : ids) sorted.push_back({what, std::move(of_cause)});
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Cause& a, const Cause& b) { return a.ids.size() > b.ids.size(); });
  return sorted;
}

std::string describe(const ConformReport& report, std::size_t differences_shown) {
  std::string text;
  for (const Verdict& verdict : report.failing)
    text += describe_failing(verdict, differences_shown);
  if (report.failing.size() > 1) {
    text += "\nvectors by cause of their first difference:\n";
    for (const Cause& cause : causes(report)) text += describe_cause(cause);
  }
  if (report.all.vectors > 1) {
    text += fmt::format("{}{:>8}  {:>8}  tag\n", text.empty() ? "" : "\n", "matched", "vectors");
    for (const auto& [tag, tally] : report.by_tag) {
      text += fmt::format("{:>8}  {:>8}  {}{}\n", tally.matched, tally.vectors, tag,
                          tally.matched == tally.vectors ? "" : "  <-");
    }
  }
  text += fmt::format("{} vectors: {} matched, {} differ", report.all.vectors, report.all.matched,
                      report.all.vectors - report.all.matched);
  if (!report.bad_lines.empty()) text += fmt::format(", {} bad lines", report.bad_lines.size());
  return text + "\n";
}

js::Value to_json(const ConformReport& report) {
  js::Object by_tag;
  for (const auto& [tag, tally] : report.by_tag) by_tag.set(tag, to_json(tally));
  js::Array mismatches;
  for (const Verdict& verdict : report.failing) {
    if (!verdict.stopped.empty()) {
      mismatches.emplace_back(js::Object{
          {"id", verdict.id}, {"revision", verdict.revision}, {"error", verdict.stopped}});
    }
    for (const Difference& difference : verdict.differences) {
      js::Object mismatch{
          {"id", verdict.id},
          {"revision", verdict.revision},
          {"step",
           difference.step ? js::Value(static_cast<std::int64_t>(*difference.step)) : js::Value()},
          {"path", difference.path}};
      mismatch.set_if("expected", difference.expected);
      mismatch.set_if("got", difference.got);
      mismatches.emplace_back(std::move(mismatch));
    }
  }
  js::Array bad_lines;
  for (const std::string& line : report.bad_lines) bad_lines.emplace_back(line);
  js::Object object = to_json(report.all);
  object.set("by_tag", std::move(by_tag));
  object.set("mismatches", std::move(mismatches));
  object.set("bad_lines", std::move(bad_lines));
  return js::Value(std::move(object));
}

}  // namespace sim
