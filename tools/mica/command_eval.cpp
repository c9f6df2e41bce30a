#include "arguments.hpp"
#include "checkpoint_file.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "port_name.hpp"
#include "table.hpp"

#include "../models/refusal.hpp"

namespace mica::command {

int eval(int count, char** words) {
  std::string checkpoint, data;
  int limit = 0;
  bool json = false;
  Arguments arguments("eval", "CHECKPOINT [OPTIONS]", "Measures a saved model on the test set.");
  arguments.operand("CHECKPOINT", true, checkpoint);
  arguments.text("--data", "DIR", "the folder of MNIST's raw IDX files (default: synthetic digits)", data);
  arguments.integer("--limit", "N", "only the first N samples", 1, 0x7fffffff, limit);
  arguments.flag("--json", "the last line is one JSON object", json);
  if (!arguments.parse(count, words)) return 0;

  const CheckpointFile file(checkpoint);
  const auto network = file.load();
  const auto samples = file.model().task().open(models::Part::test, data, limit, [](const std::string&) {});
  Evaluation result;
  models::check(network->evaluate(*samples, result));

  const char* const name = file.model().facts().name;
  const std::string hash = hexadecimal(network->hash());
  Table table;
  table.row({"model", name});
  table.row({"test samples", grouped(static_cast<std::uint64_t>(samples->size()))});
  table.row({"test loss", fixed(result.loss, 4)});
  table.row({"test accuracy", percent(result.accuracy)});
  table.row({"weights' hash", hash});
  table.print();
  if (json) {
    JsonLine()
        .add("model", name)
        .add("samples", samples->size())
        .add("test_loss", result.loss)
        .add("test_accuracy", result.accuracy)
        .add("weights_hash", hash)
        .add("port", port_name())
        .print();
  }
  return 0;
}

}  // namespace mica::command
