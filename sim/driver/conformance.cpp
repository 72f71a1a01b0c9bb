#include "sim/driver/conformance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <utility>

#include "model/policy/policy.hpp"
#include "sim/driver/conform.hpp"
#include "sim/driver/vector_file.hpp"
#include "sim/driver/vector_rename.hpp"
#include "sim/driver/vector_writer.hpp"

namespace sim {

namespace {

/// A vector on its way through one run.
struct Job {
  std::string location;
  Vector vector;
  model::policy::Policy policy;
  Verdict verdict;
  std::string recorded;
};

constexpr std::size_t kBatch = 64;  // vectors held at once; also how often progress is told

model::Result<model::policy::Policy> policy_for(const std::string& revision,
                                                const std::vector<std::string>& changes) {
  const auto preset = model::policy::preset(revision);
  if (!preset) return std::unexpected(preset.error());
  model::policy::Policy policy = preset->policy;
  for (const std::string& change : changes) {
    if (auto done = model::policy::set(policy, change); !done) return std::unexpected(done.error());
  }
  return policy;
}

model::Result<Job> read_job(const model::js::Value& line, const ConformanceOptions& options,
                            std::optional<VectorRenamer>& renamer) {
  auto vector =
      renamer ? read_vector(renamer->rename(line), renamer->secrets()) : read_vector(line);
  if (!vector) return std::unexpected(vector.error());
  auto policy = policy_for(vector->revision, options.policy);
  if (!policy) return std::unexpected(policy.error());
  return Job{.vector = std::move(*vector), .policy = *policy};
}

void play(Job& job, const ConformanceOptions& options) {
  const Vector& vector = job.vector;
  job.verdict = Verdict{.location = job.location,
                        .id = vector.id,
                        .revision = vector.revision,
                        .tags = vector.tags,
                        .kinds = vector.kinds};
  ReplayOptions replay_options;
  if (options.rename) replay_options.seed = *options.rename + 2;
  try {
    const auto replayed = replay(vector, job.policy, replay_options);
    if (!replayed) {
      job.verdict.stopped = replayed.error().message;
      return;
    }
    job.verdict.differences = compare(vector, *replayed);
    if (options.record != nullptr) job.recorded = vector_line(vector, *replayed);
  } catch (const std::exception& broken) {  // a broken CHECK is ours; the other vectors still count
    job.verdict.stopped = broken.what();
    job.verdict.our_fault = true;
  }
}

void play_all(std::vector<Job>& jobs, const ConformanceOptions& options) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) play(jobs[i], options);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < options.jobs; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

bool is_wanted(const std::string& id, const std::vector<std::string>& only) {
  return only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& pattern) {
           return matches_glob(pattern, id);
         });
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view id) {
  // The usual two cursors: on a mismatch, the latest `*` swallows one character more.
  std::size_t p = 0, i = 0;
  std::size_t star = std::string_view::npos, after_star = 0;
  while (i < id.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = i;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == id[i])) {
      ++p;
      ++i;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      i = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

model::Result<void> conform(std::istream& input, const std::string& file,
                            const ConformanceOptions& options, ConformReport& report) {
  if (auto known = policy_for("2026.3.31", options.policy); !known) {
    return std::unexpected(known.error());
  }
  VectorFile lines(input);
  std::optional<VectorRenamer> renamer;
  if (options.rename) renamer.emplace(*options.rename);
  for (bool more = true; more;) {
    std::vector<Job> jobs;
    while (jobs.size() < kBatch) {
      auto line = lines.next();
      if (!line) {
        more = false;
        break;
      }
      const std::string location = fmt::format("{}:{}", file, line->number);
      if (line->value) {
        const std::string* id = model::js::string_member(*line->value, "id");
        if (id != nullptr && !is_wanted(*id, options.only)) continue;
        if (auto job = read_job(*line->value, options, renamer)) {
          job->location = location;
          jobs.push_back(std::move(*job));
          continue;
        } else {
          line->value = std::unexpected(job.error());
        }
      }
      report.bad_lines.push_back(location + ": " + line->value.error().message);
    }
    play_all(jobs, options);
    for (Job& job : jobs) {
      if (options.record != nullptr && !job.recorded.empty())
        *options.record << job.recorded << '\n';
      report.add(std::move(job.verdict));
    }
    if (options.progress) options.progress(report);
  }
  return {};
}

}  // namespace sim
