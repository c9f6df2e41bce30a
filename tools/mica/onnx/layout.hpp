// Layout: where the numbers of one of the file's tensors lie in Mica's memory.
//
// The file orders an image as [batch][channel][row][column], Mica as [row][column][channel], sample by sample. So every
// axis of the file's tensor is a list of runs, the last of which varies fastest; a run goes through memory in steps of
// its stride. Reshape, Flatten, Transpose, Squeeze and Unsqueeze then only change the list, and no number moves.
// Runs of a single number are left out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mica::onnx {

struct Run {
  std::int64_t size, stride;
  bool operator==(const Run& other) const { return size == other.size && stride == other.stride; }
};
// The stride of the batch, whose samples Mica keeps one by one.
constexpr std::int64_t batch_stride = -1;
// Stands for the size of a batch of any size; it is prime, so that no Reshape can split it.
constexpr std::int64_t any_batch = 65537;

using Axis = std::vector<Run>;
using Extents = std::vector<std::int64_t>;

struct Layout {
  std::vector<Axis> axes;  // of the file's tensor
  Extents shape;           // of one sample in Mica

  int rank() const { return static_cast<int>(axes.size()); }
  Extents dims() const;
  std::int64_t sample_size() const;
};

std::int64_t extent(const Axis& axis);
std::int64_t product(const Extents& extents);
bool has_batch(const Axis& axis);
// Whether the axis is the batch, the whole batch and nothing else. A batch of one may also be seen as nothing.
bool only_batch(const Axis& axis);
// Neighbouring runs that are one run.
Axis merged(const Axis& axis);
bool same_axes(const Layout& a, const Layout& b);

// A sample that lies in memory as the file has it, but for the order of its axes: `order` names the file's axes in
// Mica's order; an axis that it leaves out is the batch.
Layout ordered_layout(const Extents& dims, const std::vector<int>& order);
// The same numbers as a tensor of other extents; false where they cannot be cut or joined like that.
bool reshape(const Layout& from, const Extents& dims, Layout& to);
// Several axes as one.
Axis joined(const Layout& layout, int first, int count);

// Where in a sample the numbers of an axis without batch lie, in the order of the file.
std::vector<std::int32_t> offsets(const Axis& axis);
// Whether they are, in some order, every `stride`-th number from 0 on.
bool is_block(const Axis& axis, std::int64_t stride);
// Whether they are that in the file's order.
bool is_run(const Axis& axis, std::int64_t stride);

// "[3][32][32]".
std::string text(const Extents& extents);

}  // namespace mica::onnx
