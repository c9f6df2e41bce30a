// PyTorch's models, exported to ONNX by tools/golden/onnx_models.py without their weights: these come from the same
// formula here. Each is imported, compiled and run; the first outputs and the losses of 100 steps must be PyTorch's.
// Usage: onnx_torch_tests MODELS WORK "COMPILER AND FLAGS" LIBRARY
#include <algorithm>
#include <cmath>

#include "formula.hpp"
#include "model_file.hpp"

namespace {

namespace fs = std::filesystem;
using namespace onnx_tests;

constexpr std::uint64_t graph_of_model = 7, initializer_of_graph = 5, raw_of_tensor = 9;

// The weight of this tensor, if the file does not have it.
std::string with_numbers(const std::string& bytes) {
  onnx::TensorView view;
  std::string failure;
  if (!onnx::read_tensor(bytes_of(bytes), view, failure) || view.type != onnx::TensorView::float32 || view.has_raw) {
    return bytes;
  }
  const std::vector<float> numbers = weights(std::string(view.name), view.dims);
  return bytes + bytes_field(raw_of_tensor, {reinterpret_cast<const char*>(numbers.data()), 4 * numbers.size()});
}

std::string with_weights(const std::string& model) {
  return rewritten(bytes_of(model), [](std::uint32_t number, const std::string& field) {
    if (number != graph_of_model) return bytes_field(number, field);
    return bytes_field(number, rewritten(bytes_of(field), [](std::uint32_t of_graph, const std::string& part) {
                         return bytes_field(of_graph, of_graph == initializer_of_graph ? with_numbers(part) : part);
                       }));
  });
}

bool import_one(const fs::path& path, const fs::path& work, std::string& calls, std::string& includes) {
  const std::string name = path.stem().string(), model = with_weights(read_file(path));
  onnx::Network network;
  std::vector<std::string> problems;
  if (!onnx::import_model(bytes_of(model), network, problems)) {
    std::printf("%s cannot be imported:\n", name.c_str());
    for (const std::string& problem : problems) std::printf("  %s\n", problem.c_str());
    return false;
  }
  TextSink header;
  if (!onnx::write_header(network, name, header).ok()) return false;
  write_file(work / (name + ".hpp"), header.text);

  std::ifstream expected(path.parent_path() / (name + ".txt"));
  std::int64_t batch = 0, classes = 0, count = 0;
  float rate = 0;
  expected >> batch >> classes >> count >> rate;
  std::vector<float> outputs(static_cast<std::size_t>(count)), losses(100);
  for (float& number : outputs) expected >> number;
  for (float& number : losses) expected >> number;
  if (!expected) return std::printf("%s.txt does not hold what it should\n", name.c_str()), false;
  const std::vector<float> x = numbers_named("input", batch * network.input.sample_size());
  const std::vector<float> inputs = in_order(x, network.input, batch);
  write_numbers(work / (name + ".input"), inputs);
  write_numbers(work / (name + ".output"), in_order(outputs, network.output, batch));
  write_numbers(work / (name + ".losses"), losses);
  // Without classes the network is to give its input again.
  write_numbers(work / (name + ".target"), classes == 0 ? in_order(x, network.output, batch) : std::vector<float>{});
  includes += "#include \"" + name + ".hpp\"\n";
  calls += "  failed += !learns<" + name + ", " +
           (classes == 0 ? "mica::MeanSquaredError" : "mica::SoftmaxCrossEntropy") + ", " + std::to_string(batch) +
           ">(" + name + "_model(), \"" + name + "\", " + std::to_string(classes) + ", " + std::to_string(rate) +
           "f);\n";
  return true;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  const fs::path work = words[2];
  const std::string compiler = words[3], library = words[4];
  fs::remove_all(work);
  fs::create_directories(work);
  std::vector<fs::path> models;
  for (const auto& entry : fs::directory_iterator(words[1])) {
    if (entry.path().extension() == ".onnx") models.push_back(entry.path());
  }
  std::sort(models.begin(), models.end());
  std::string calls[2], includes[2];
  bool imported = models.size() >= 12;
  for (std::size_t i = 0; i < models.size(); ++i) {
    imported = import_one(models[i], work, calls[i % 2], includes[i % 2]) && imported;
  }
  for (int unit = 0; unit < 2; ++unit) {
    const std::string u = std::to_string(unit);
    write_file(work / ("unit" + u + ".cpp"), "#include \"tests/onnx/torch_case.hpp\"\n" + includes[unit] + "int unit" +
                                                 u + "() {\n  int failed = 0;\n" + calls[unit] +
                                                 "  return failed;\n}\n");
  }
  write_file(work / "main.cpp", "int unit0(); int unit1();\nint main() { return unit0() + unit1() == 0 ? 0 : 1; }\n");
  const std::string there = "cd " + work.string() + " && ";
  if (run("{ " + there + compiler + " -c unit0.cpp; } & first=$!; " + there + compiler +
          " -c unit1.cpp && wait $first && " + compiler + " main.cpp unit?.o " + library + " -o all") != 0) {
    return 1;
  }
  std::fflush(stdout);
  return run(there + "./all") == 0 && imported ? 0 : 1;
}
