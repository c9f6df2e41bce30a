#pragma once

#include <cstdint>
#include <initializer_list>

#include <mica/exchange/tensor_list.hpp>
#include <mica/exchange/tensor_matching.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

class ProtobufWriter;

// OnnxValue: what an arrow of the graph carries; 0 is the network's input. Memory: 4 bytes.
struct OnnxValue {
  int number = 0;
};

// OnnxInput: a value, or a tensor of the present layer by its name. Memory: two words.
struct OnnxInput {
  OnnxValue value;
  const char* tensor = nullptr;
  OnnxInput(OnnxValue which) : value(which) {}           // NOLINT(google-explicit-constructor)
  OnnxInput(const char* its_name) : tensor(its_name) {}  // NOLINT(google-explicit-constructor)
};

// OnnxAttribute: a number, a word or whole numbers by name. Memory: 56 bytes.
struct OnnxAttribute {
  enum Type { real = 1, integer = 2, text = 3, integers = 7 };  // ONNX's numbers of them
  static constexpr int most = 8;

  const char* name;
  Type type;
  float value = 0;
  const char* word = "";
  int numbers[most] = {};
  int count = 0;

  OnnxAttribute(const char* its_name, int number) : name(its_name), type(integer), numbers{number}, count(1) {}
  OnnxAttribute(const char* its_name, float number) : name(its_name), type(real), value(number) {}
  OnnxAttribute(const char* its_name, const char* its_word) : name(its_name), type(text), word(its_word) {}
  OnnxAttribute(const char* its_name, std::initializer_list<int> list) : name(its_name), type(integers) {
    for (const int number : list) numbers[count++] = number;
  }
};

// OnnxGraph: a graph of ONNX under way. A network is walked through twice, once for the nodes and once for the tensors,
// and each time as often as its length has to be known before its bytes are written; nothing is kept.
// Memory: about 300 bytes.
class OnnxGraph : public LayerPlace {
 public:
  enum Pass { nodes, tensors };
  using Sentence = Text<180>;

  OnnxGraph(ProtobufWriter& writer, Pass pass, const Blocks<const float>& blocks, int last_value)
      : writer_(writer), blocks_(blocks), pass_(pass), output_(last_value) {}

  // A node, and the first of its outputs; `skipped` outputs in front of it are left unnamed.
  OnnxValue node(const char* operation, std::initializer_list<OnnxInput> inputs,
                 std::initializer_list<OnnxAttribute> attributes = {}, int outputs = 1, int skipped = 0);

  // A tensor of the present layer under its own name and shape; what ONNX has no place for is passed over.
  void add(const NamedTensor& tensor);
  // One that is put together from pieces of the layer's numbers, one behind the other.
  void tensor(const char* name, std::initializer_list<int> shape, std::initializer_list<NamedTensor> pieces);
  // Constants.
  void reals(const char* name, std::initializer_list<int> shape, std::initializer_list<float> numbers);
  void integers(const char* name, std::initializer_list<int> numbers);
  void filled(const char* name, std::initializer_list<int> shape, float (*number)(int i, const void* with),
              const void* with);

  // The layer cannot be expressed: the sentence's first words are the layer's type.
  template <class Layer>
  void refuse(const char* why) {
    if (refusal.size() > 0) return;
    Layer::describe(refusal);
    refusal << " cannot be written to ONNX: " << why << '.';
  }
  Sentence refusal;

  // What the walk ends with: the network's output, and its extents.
  OnnxValue output;
  int output_rank = 0, output_shape[NamedTensor::most_extents] = {};
  int values = 0;  // so far

 private:
  FileName name_of_value(OnnxValue value) const;
  FileName name_of_tensor(const char* suffix) const;
  template <class Content>
  void write_tensor(const FileName& name, int type, const int* shape, int rank, int bytes, Content content);

  ProtobufWriter& writer_;
  const Blocks<const float>& blocks_;
  Pass pass_;
  int output_;  // the number of the value that is called "output"; -1 where it is not known yet
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
