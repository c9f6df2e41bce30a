// A network of one's own to PyTorch and back: tensors by name, in files that Python reads.
// Change the network, and PyTorch's torch.nn.Sequential with it; docs/pytorch.md says what corresponds to what.
#include <cstdio>

#include <mica/io/npz.hpp>
#include <mica/io/onnx.hpp>
#include <mica/io/safetensors.hpp>
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Conv2d<4, 3, mica::Same>, mica::BatchNorm<>, mica::ReLU,
                             mica::Dense<10>>;

static mica::Model<Net> trained, received;
static unsigned char bytes[32 * 1024];

// Prints what became of each tensor of a file.
struct Table : mica::exchange::TensorReport {
  void tensor(const mica::exchange::TensorFate& fate) override {
    const bool right = fate.fate == mica::exchange::Fate::taken;
    std::printf("%-24s %s\n", fate.name, right ? "taken" : fate.wanted == nullptr ? "left over" : "not taken");
  }
};

int main() {
  trained.initialize(/*seed*/ 1);

  mica::io::MemorySink sink(bytes, sizeof bytes);
  mica::Status status = mica::io::save_safetensors(trained, sink);

  const mica::io::MemorySource source(bytes, sink.used());
  Table table;
  mica::exchange::LoadOptions options;
  options.report = &table;
  if (status.ok()) status = mica::io::load_safetensors(received, source, options);
  if (!status.ok()) {
    std::puts(status.message());
    return 1;
  }

  // The same for NumPy, and the whole graph for whatever reads ONNX.
  mica::io::MemorySink arrays(bytes, sizeof bytes), graph(bytes, sizeof bytes);
  if (!mica::io::save_npz(trained, arrays).ok() || !mica::io::save_onnx(trained, graph).ok()) return 1;
  return received.hash() == trained.hash() ? 0 : 1;
}
