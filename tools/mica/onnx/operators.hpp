// The operators, by topic. Each function translates one node: see translation.hpp.
#pragma once

namespace mica::onnx {

class Translation;
struct Node;

void translate_conv(Translation& translation, const Node& node);
void translate_conv_transpose(Translation& translation, const Node& node);
void translate_gemm(Translation& translation, const Node& node);
void translate_matmul(Translation& translation, const Node& node);
void translate_batch_norm(Translation& translation, const Node& node);
void translate_instance_norm(Translation& translation, const Node& node);
void translate_group_norm(Translation& translation, const Node& node);
void translate_layer_norm(Translation& translation, const Node& node);
void translate_activation(Translation& translation, const Node& node);
void translate_softmax(Translation& translation, const Node& node);
void translate_prelu(Translation& translation, const Node& node);
void translate_clip(Translation& translation, const Node& node);
void translate_dropout(Translation& translation, const Node& node);
void translate_pool(Translation& translation, const Node& node);
void translate_global_pool(Translation& translation, const Node& node);
void translate_reduce_mean(Translation& translation, const Node& node);
void translate_recurrent(Translation& translation, const Node& node);
void translate_arithmetic(Translation& translation, const Node& node);
void translate_concat(Translation& translation, const Node& node);
void translate_pad(Translation& translation, const Node& node);
void translate_resize(Translation& translation, const Node& node);
void translate_same(Translation& translation, const Node& node);
void translate_reshape(Translation& translation, const Node& node);
void translate_flatten(Translation& translation, const Node& node);
void translate_transpose(Translation& translation, const Node& node);
void translate_squeeze(Translation& translation, const Node& node);
void translate_unsqueeze(Translation& translation, const Node& node);
void translate_gather(Translation& translation, const Node& node);
void translate_slice(Translation& translation, const Node& node);
void translate_shape(Translation& translation, const Node& node);
void translate_constant_of_shape(Translation& translation, const Node& node);
void translate_expand(Translation& translation, const Node& node);
void translate_cast(Translation& translation, const Node& node);

}  // namespace mica::onnx
