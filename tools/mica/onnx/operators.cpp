#include "operators.hpp"

#include "translation.hpp"

namespace mica::onnx {
namespace {

struct Entry {
  const char* name;
  Translate translate;
};
constexpr Entry entries[] = {
    {"Conv", translate_conv},
    {"ConvTranspose", translate_conv_transpose},
    {"Gemm", translate_gemm},
    {"MatMul", translate_matmul},
    {"BatchNormalization", translate_batch_norm},
    {"InstanceNormalization", translate_instance_norm},
    {"GroupNormalization", translate_group_norm},
    {"LayerNormalization", translate_layer_norm},
    {"Relu", translate_activation},
    {"Sigmoid", translate_activation},
    {"Tanh", translate_activation},
    {"LeakyRelu", translate_activation},
    {"Elu", translate_activation},
    {"Selu", translate_activation},
    {"Celu", translate_activation},
    {"HardSigmoid", translate_activation},
    {"HardSwish", translate_activation},
    {"Softplus", translate_activation},
    {"Mish", translate_activation},
    {"Gelu", translate_activation},
    {"SiLU", translate_activation},  // of sigmoid and product: see fuse.hpp
    {"PRelu", translate_prelu},
    {"Clip", translate_clip},
    {"Softmax", translate_softmax},
    {"LogSoftmax", translate_softmax},
    {"Dropout", translate_dropout},
    {"MaxPool", translate_pool},
    {"AveragePool", translate_pool},
    {"GlobalAveragePool", translate_global_pool},
    {"GlobalMaxPool", translate_global_pool},
    {"ReduceMean", translate_reduce_mean},
    {"GRU", translate_recurrent},
    {"LSTM", translate_recurrent},
    {"RNN", translate_recurrent},
    {"Add", translate_arithmetic},
    {"Sum", translate_arithmetic},
    {"Sub", translate_arithmetic},
    {"Mul", translate_arithmetic},
    {"Div", translate_arithmetic},
    {"Concat", translate_concat},
    {"Pad", translate_pad},
    {"Upsample", translate_resize},
    {"Resize", translate_resize},
    {"Identity", translate_same},
    {"Reshape", translate_reshape},
    {"Flatten", translate_flatten},
    {"Transpose", translate_transpose},
    {"Squeeze", translate_squeeze},
    {"Unsqueeze", translate_unsqueeze},
    {"Gather", translate_gather},
    {"Slice", translate_slice},
    {"Shape", translate_shape},
    {"ConstantOfShape", translate_constant_of_shape},
    {"Expand", translate_expand},
    {"Cast", translate_cast},
};

}  // namespace

Translate operator_named(std::string_view name) {
  for (const Entry& entry : entries) {
    if (name == entry.name) return entry.translate;
  }
  return nullptr;
}

}  // namespace mica::onnx
