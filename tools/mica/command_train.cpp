#include <cstdio>

#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "output_file.hpp"
#include "port_name.hpp"
#include "prediction_drawing.hpp"
#include "score.hpp"
#include "table.hpp"
#include "training_run.hpp"

namespace mica::command {
namespace {

Table table_of(const TrainingRun& run, const models::ModelFacts& facts) {
  Table table;
  table.row({"model", facts.name});
  table.row({"parameters", grouped(static_cast<std::uint64_t>(facts.parameters))});
  table.row({"bytes for inference", grouped(facts.bytes_inference)});
  table.row({"bytes for training", grouped(facts.bytes_training)});
  table.row({"epochs", std::to_string(run.epochs_done())});
  table.row({"seconds of training", fixed(run.seconds(), 2)});
  table.row({"samples/s", grouped(static_cast<std::uint64_t>(run.samples_per_second()))});
  table.row({"training loss", fixed(run.train_loss(), 4)});
  table.row({score_name(facts.goal), score_text(facts.goal, run.test().score)});
  table.row({"weights' hash", hexadecimal(run.network().hash())});
  return table;
}

void print_json(const TrainingRun& run, const models::ModelFacts& facts, const TrainOptions& options) {
  JsonLine()
      .add("model", facts.name)
      .add("parameters", facts.parameters)
      .add("bytes_inference", std::uint64_t{facts.bytes_inference})
      .add("bytes_training", std::uint64_t{facts.bytes_training})
      .add("epochs", run.epochs_done())
      .add("samples", run.training_samples())
      .add("seconds", run.seconds())
      .add("samples_per_second", run.samples_per_second())
      .add("train_loss", run.train_loss())
      .add("test_loss", run.test().loss)
      .add(score_member(facts.goal), run.test().score)
      .add("weights_hash", hexadecimal(run.network().hash()))
      .add("port", port_name())
      .add("seed", run.seed())
      .add("data", options.data.empty() ? "synthetic" : options.data.c_str())
      .print();
}

}  // namespace

int train(int count, char** words) {
  TrainOptions options;
  if (!parse(options, count, words)) return 0;
  TrainingRun run(options);
  run.train();
  run.evaluate();
  const models::ModelFacts facts = run.model().facts();
  const std::string table = table_of(run, facts).text();
  write_text(options.report, table);
  std::printf("\n%s\n", table.c_str());
  if (!options.out.empty()) std::printf("Checkpoint: %s\n", options.out.c_str());
  if (!options.header.empty()) std::printf("Weights as a C++ header: %s\n", options.header.c_str());
  std::putchar('\n');
  print_gallery(run.network(), run.model(), run.test_samples(), terminal());
  if (options.json) print_json(run, facts, options);
  return 0;
}

}  // namespace mica::command
