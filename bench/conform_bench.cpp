// How many recorded vectors a second: reading, playing with real Ed25519 signatures, comparing.
#include <benchmark/benchmark.h>

#include <fstream>
#include <sstream>
#include <string>

#include "sim/driver/conformance.hpp"

namespace {

void conform(benchmark::State& state, const std::string& revision) {
  std::ifstream file(std::string(PAIRLAB_VECTORS "/") + revision + ".jsonl", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  std::int64_t vectors = 0;
  for (auto _ : state) {
    std::istringstream input(text.str());
    sim::ConformReport report;
    const auto done = sim::conform(input, revision, {}, report);
    if (!done || report.all.vectors == 0 || report.all.matched != report.all.vectors) {
      state.SkipWithError("not every vector matches: run sim conform");
      return;
    }
    vectors += static_cast<std::int64_t>(report.all.vectors);
  }
  state.SetItemsProcessed(vectors);  // shown as vectors a second
}

}  // namespace

int main(int argc, char** argv) {
  for (const std::string revision : {"2026.3.28", "2026.3.31"}) {
    benchmark::RegisterBenchmark(("conform/" + revision).c_str(), [revision](
                                                                      benchmark::State& state) {
      conform(state, revision);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
