#include "import_tensors.hpp"

#include <cstdio>
#include <map>
#include <vector>

#include <mica/exchange/tensor_matching.hpp>
#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "../models/registry.hpp"
#include "checkpoint_file.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "output_file.hpp"
#include "table.hpp"

namespace mica::command {
namespace {

using exchange::Fate;

template <class Integer>
std::string shape_text(const Integer* shape, int rank) {
  std::string text = "[";
  for (int i = 0; i < rank; ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + "]";
}

std::string words_for(const exchange::TensorFate& fate) {
  switch (fate.fate) {
    case Fate::taken: {
      const std::string type = fate.type;
      return type == "F64" || type == "<f8" ? "taken, rounded to 32 bits" : "taken";
    }
    case Fate::zeros:
      return "not in the file: zeros";
    case Fate::kept:
      return "not in the file: stays";
    case Fate::missing:
      return "MISSING, needed as " + shape_text(fate.wanted->shape, fate.wanted->rank);
    case Fate::left_over:
      return "left over: the network has no place for it";
    case Fate::other_shape:
      return "WRONG SHAPE, needed as " + shape_text(fate.wanted->shape, fate.wanted->rank);
    case Fate::other_type:
      return "WRONG TYPE, needed as floats of 32, 64 or 16 bits";
    case Fate::repeated:
      return "TWICE in the file";
  }
  return "";
}

// FateTable: the table of what went where.
class FateTable final : public exchange::TensorReport {
 public:
  void tensor(const exchange::TensorFate& fate) override {
    ++counts_[fate.fate];
    std::string target = "-";
    if (fate.wanted != nullptr) target = exchange::name_of(*fate.wanted).c_str();
    const std::string found =
        fate.type == nullptr ? "-" : fate.type + std::string(" ") + shape_text(fate.shape, fate.rank);
    rows_.row({fate.name, found, target, words_for(fate)});
  }
  void print() const { rows_.print(); }
  int count(Fate fate) const {
    const auto found = counts_.find(fate);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  Table rows_;
  std::map<Fate, int> counts_;
};

bool ends_with(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

// "OLD=NEW,OLD=NEW" as pairs.
std::vector<std::pair<std::string, std::string>> pairs_of(const std::string& map) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t begin = 0; begin < map.size();) {
    const std::size_t end = std::min(map.find(',', begin), map.size());
    const std::string pair = map.substr(begin, end - begin);
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size()) {
      models::refuse("--map must be pairs such as conv1=0,fc=7, but it holds \"" + pair + "\".");
    }
    pairs.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    begin = end + 1;
  }
  return pairs;
}

struct Target {
  std::string model;
  std::unique_ptr<models::Network> network;
};
Target target_of(const TensorRequest& request) {
  if (request.model.empty() == request.onto.empty()) {
    models::refuse("mica import of tensors needs either --model NAME (" + models::model_names() +
                   ") or --onto CHECKPOINT.");
  }
  if (!request.onto.empty()) {
    const CheckpointFile file(request.onto);
    return {file.model().facts().name, file.load()};
  }
  return {request.model, models::model_named(request.model).create()};
}

}  // namespace

bool is_tensor_file(const std::string& file) { return ends_with(file, ".safetensors") || ends_with(file, ".npz"); }

void import_tensors(const TensorRequest& request) {
  if (request.output.empty()) models::refuse("mica import needs -o FILE, the checkpoint to write.");
  const Target target = target_of(request);
  const auto pairs = pairs_of(request.map);
  std::vector<exchange::NameChange> changes;
  for (const auto& [file, model] : pairs) changes.push_back({file.c_str(), model.c_str()});
  FateTable table;
  exchange::LoadOptions options;
  options.report = &table;
  options.prefix = request.prefix.c_str();
  options.changes = changes.data();
  options.change_count = static_cast<int>(changes.size());
  options.keep_others = !request.onto.empty();

  io::FileSource source;
  models::check(source.open(request.file.c_str()));
  const auto format = ends_with(request.file, ".npz") ? models::TensorFormat::npz : models::TensorFormat::safetensors;
  const Status status = target.network->import_tensors(format, source, options);
  table.print();
  models::check(status);
  write_output(request.output, [&](io::ByteSink& sink) { return target.network->save_model(sink); });

  const std::string hash = hexadecimal(target.network->hash());
  std::printf("%s holds %s with %d tensors of %s, weights' hash %s.\n", request.output.c_str(), target.model.c_str(),
              table.count(Fate::taken), request.file.c_str(), hash.c_str());
  if (!request.json) return;
  JsonLine()
      .add("model", target.model)
      .add("taken", static_cast<std::uint64_t>(table.count(Fate::taken)))
      .add("zeros", static_cast<std::uint64_t>(table.count(Fate::zeros)))
      .add("kept", static_cast<std::uint64_t>(table.count(Fate::kept)))
      .add("left_over", static_cast<std::uint64_t>(table.count(Fate::left_over)))
      .add("weights_hash", hash)
      .print();
}

}  // namespace mica::command
