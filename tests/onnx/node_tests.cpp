// The backend tests of ONNX (Debian: libonnx-testdata): every model that can be imported is compiled and run, and must
// give the suite's outputs within the suite's tolerance; the others are listed with the importer's reason.
// Usage: onnx_node_tests DATA WORK "COMPILER AND FLAGS" LIBRARY
#include <algorithm>
#include <map>

#include "model_file.hpp"

namespace {

namespace fs = std::filesystem;
using namespace onnx_tests;

// Field numbers of onnx.proto.
constexpr std::uint64_t graph_of_model = 7, initializer_of_graph = 5, output_of_graph = 12, name_of_tensor = 8;

struct Tensor {
  std::string bytes;
  std::vector<float> numbers;
  bool is_float = false;
};

Tensor read_tensor_file(const fs::path& path) {
  Tensor tensor;
  tensor.bytes = read_file(path);
  onnx::TensorView view;
  std::string failure;
  tensor.is_float = !tensor.bytes.empty() && onnx::read_tensor(bytes_of(tensor.bytes), view, failure) &&
                    onnx::read_floats(view, tensor.numbers, failure);
  return tensor;
}

// The model with only one of its outputs, and with every input but the first fixed to the test's value.
std::string make_case(const std::string& model, const std::vector<Tensor>& inputs, const onnx::Graph& graph,
                      std::size_t wanted) {
  const auto change_graph = [&](const std::string& bytes) {
    std::size_t output = 0;
    std::string out = rewritten(bytes_of(bytes), [&](std::uint32_t number, const std::string& field) {
      if (number == output_of_graph && output++ != wanted) return std::string();
      return bytes_field(number, field);
    });
    for (std::size_t i = 1; i < inputs.size() && i < graph.inputs.size(); ++i) {
      // The last name in a message is the one that counts.
      out += bytes_field(initializer_of_graph,
                         inputs[i].bytes + bytes_field(name_of_tensor, std::string(graph.inputs[i].name)));
    }
    return out;
  };
  return rewritten(bytes_of(model), [&](std::uint32_t number, const std::string& field) {
    return bytes_field(number, number == graph_of_model ? change_graph(field) : field);
  });
}

class Suite {
 public:
  explicit Suite(fs::path work) : work_(std::move(work)) {}

  void add(const fs::path& folder) {
    const std::string model = read_file(folder / "model.onnx");
    onnx::Model views;
    onnx::Graph graph;
    std::string failure;
    std::vector<std::string> problems;
    if (!onnx::read_model(bytes_of(model), views, failure)) return leave_out(folder.filename(), failure);
    onnx::make_graph(views, graph, problems);
    const fs::path data = folder / (fs::exists(folder / "test_data_set_0") ? "test_data_set_0" : "");
    std::vector<Tensor> inputs;
    while (fs::exists(data / ("input_" + std::to_string(inputs.size()) + ".pb"))) {
      inputs.push_back(read_tensor_file(data / ("input_" + std::to_string(inputs.size()) + ".pb")));
    }
    for (std::size_t output = 0; output < graph.outputs.size(); ++output) {
      const std::string name = folder.filename().string() + (output == 0 ? "" : "." + std::to_string(output));
      if (name.find("training") != std::string::npos) {
        leave_out(name, "Its outputs are those of a step of training.");
        continue;
      }
      if (inputs.empty()) {
        leave_out(name, "It has no input.");
        continue;
      }
      const Tensor expected = read_tensor_file(data / ("output_" + std::to_string(output) + ".pb"));
      add_case(name, make_case(model, inputs, graph, output), inputs[0], expected);
    }
  }

  int finish(const std::string& compiler, const std::string& library) {
    print_left_out();
    constexpr std::size_t units = 4;
    std::string objects, sources[units];
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::string n = std::to_string(i);
      sources[i * units / names_.size()] += "#include \"net" + n + ".hpp\"\n";
    }
    for (std::size_t unit = 0; unit < units; ++unit) {
      std::string calls;
      for (std::size_t i = 0; i < names_.size(); ++i) {
        if (i * units / names_.size() != unit) continue;
        const std::string n = std::to_string(i);
        calls += "  failed += !agrees(Net" + n + "_model(), \"" + names_[i] + "\", \"" + n + "\");\n";
      }
      const std::string u = std::to_string(unit);
      write_file(work_ / ("unit" + u + ".cpp"), "#include \"tests/onnx/node_case.hpp\"\n" + sources[unit] + "int unit" +
                                                    u + "() {\n  int failed = 0;\n" + calls + "  return failed;\n}\n");
      objects += " " + (work_ / ("unit" + u + ".cpp")).string();
    }
    write_file(work_ / "main.cpp",
               "int unit0(); int unit1(); int unit2(); int unit3();\n"
               "int main() { return unit0() + unit1() + unit2() + unit3() == 0 ? 0 : 1; }\n");
    // Two at a time.
    const std::string unit = (work_ / "unit").string(), begin = "cd " + work_.string() + " && ";
    const auto compile = [&](int u) { return compiler + " -c unit" + std::to_string(u) + ".cpp"; };
    if (run(begin + "{ " + compile(0) + " && " + compile(1) + "; } & first=$!; cd " + work_.string() + " && " +
            compile(2) + " && " + compile(3) + " && wait $first && " + compiler + " main.cpp unit?.o " + library +
            " -o all") != 0) {
      return 1;
    }
    std::fflush(stdout);
    const int status = run(begin + "./all");
    std::printf("%zu outputs were compared, %zu are out of scope.\n", names_.size(), left_out_);
    return status == 0 && names_.size() > 100 ? 0 : 1;
  }

 private:
  void leave_out(const std::string& name, const std::string& why) {
    reasons_[why.substr(why.find("): ") == std::string::npos ? 0 : why.find("): ") + 3)].push_back(name);
    ++left_out_;
  }

  void print_left_out() const {
    std::printf("Out of scope:\n");
    for (const auto& [why, names] : reasons_) {
      std::printf("  %s\n   ", why.c_str());
      for (const std::string& name : names) std::printf(" %s", name.c_str());
      std::printf("\n");
    }
  }

  void add_case(const std::string& name, const std::string& model, const Tensor& input, const Tensor& expected) {
    onnx::Network network;
    std::vector<std::string> problems;
    if (!onnx::import_model(bytes_of(model), network, problems)) return leave_out(name, problems[0]);
    if (!input.is_float || !expected.is_float) return leave_out(name, "Its data are no float32.");
    const std::string n = std::to_string(names_.size());
    TextSink header;
    if (const auto status = onnx::write_header(network, "Net" + n, header); !status.ok()) {
      return leave_out(name, status.message());
    }
    const std::int64_t batch = static_cast<std::int64_t>(input.numbers.size()) / network.input.sample_size();
    write_file(work_ / ("net" + n + ".hpp"), header.text);
    write_numbers(work_ / (n + ".input"), in_order(input.numbers, network.input, batch));
    write_numbers(work_ / (n + ".output"), in_order(expected.numbers, network.output, batch));
    names_.push_back(name);
  }

  fs::path work_;
  std::vector<std::string> names_;
  std::map<std::string, std::vector<std::string>> reasons_;
  std::size_t left_out_ = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  const fs::path data = words[1], work = fs::path(words[2]);
  if (!fs::exists(data)) {
    std::printf("Skipped: %s is not there (Debian: libonnx-testdata).\n", words[1]);
    return 77;
  }
  fs::remove_all(work);
  fs::create_directories(work);
  Suite suite(work);
  for (const char* part : {"node", "pytorch-operator", "pytorch-converted"}) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(data / part)) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) suite.add(folder);
  }
  return suite.finish(words[3], words[4]);
}
