// oneDNN 2 by its primitives: it chooses the layouts, ReLU is fused forward, the momentum step runs over the weights in
// the layout that oneDNN chose. No BatchNorm: mlp_bn is left to others.
#include <dnnl.hpp>

#include <cmath>
#include <functional>
#include <random>
#include <unordered_map>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "../contest.hpp"
#include "network.hpp"

namespace {

using benchmarks::LayerSpec;
using dnnl::memory;
using Format = memory::format_tag;
using Arguments = std::unordered_map<int, memory>;

struct Operation {
  dnnl::primitive primitive;
  Arguments arguments;
};

struct Parameters {
  memory value, gradient;
  std::vector<float> velocity;
  float* data(const memory& m) const { return static_cast<float*>(m.get_data_handle()); }
  void update() {
    float* const w = data(value);
    const float* const g = data(gradient);
    for (std::size_t i = 0; i < velocity.size(); ++i) {
      velocity[i] = 0.9f * velocity[i] + g[i];
      w[i] -= 0.01f * velocity[i];
    }
  }
};

memory::desc plain(const memory::dims& dims, Format format) { return {dims, memory::data_type::f32, format}; }
memory::desc free_layout(const memory::dims& dims) { return plain(dims, Format::any); }

class Network : public benchmarks::Contestant {
 public:
  Network(const std::string& model, int batch, bool training) : batch_(batch), training_(training) {
    const int side = benchmarks::input_side(model);
    const auto specs = benchmarks::network_of(model);
    const bool image = specs[0].kind == LayerSpec::convolution;
    input_ = allocate(image ? plain({batch, 1, side, side}, Format::nchw) : plain({batch, side * side}, Format::nc));
    memory x = input_;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const bool rectified = i + 1 < specs.size() && specs[i + 1].kind == LayerSpec::relu;
      if (specs[i].kind == LayerSpec::dense) x = add_dense(x, specs[i].outputs, rectified);
      if (specs[i].kind == LayerSpec::convolution) x = add_convolution(x, specs[i], rectified);
      if (specs[i].kind == LayerSpec::max_pool) x = add_pool(x);
    }
    output_ = in_layout(x, plain({batch, 10}, Format::nc), forward_);
    if (training) plan_backward();
  }

  void step(const float* x, const std::uint8_t* labels, int batch) override {
    run_forward(x, batch);
    loss_gradient(labels);
    run(backward_);
    for (Parameters& p : parameters_) p.update();
  }
  void predict(const float* x, int batch, float* scores) override {
    run_forward(x, batch);
    std::memcpy(scores, output_.get_data_handle(), static_cast<std::size_t>(batch) * 10 * sizeof(float));
  }

 private:
  // What the way back needs of each layer, planned from the last to the first.
  using PlanBack = std::function<memory(memory dy, bool wants_dx)>;

  memory allocate(const memory::desc& desc) {
    memory m(desc, engine_);
    std::memset(m.get_data_handle(), 0, desc.get_size());
    return m;
  }
  memory in_layout(memory m, const memory::desc& wanted, std::vector<Operation>& to) {
    if (m.get_desc() == wanted) return m;
    memory turned = allocate(wanted);
    to.push_back({dnnl::reorder(m, turned), {{DNNL_ARG_FROM, m}, {DNNL_ARG_TO, turned}}});
    return turned;
  }
  memory add_parameters(const memory::desc& desc, float deviation) {
    Parameters p{allocate(desc), allocate(desc), {}};
    const std::size_t n = desc.get_size() / sizeof(float);
    p.velocity.resize(n);
    std::normal_distribution<float> normal(0.0f, 1.0f);
    for (std::size_t i = 0; i < n; ++i) p.data(p.value)[i] = deviation * normal(generator_);
    parameters_.push_back(p);
    return p.value;
  }
  dnnl::primitive_attr fused(bool rectified) const {
    dnnl::primitive_attr attributes;
    if (rectified) {
      dnnl::post_ops after;
      after.append_eltwise(1.0f, dnnl::algorithm::eltwise_relu, 0.0f, 0.0f);
      attributes.set_post_ops(after);
    }
    return attributes;
  }
  dnnl::prop_kind kind() const {
    return training_ ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
  }
  // dy before a ReLU, by its output.
  memory through_relu(bool rectified, memory y, memory dy) {
    if (!rectified) return dy;
    const auto desc = y.get_desc();
    dy = in_layout(dy, desc, backward_);
    const dnnl::eltwise_forward::primitive_desc forward(
        {dnnl::prop_kind::forward_training, dnnl::algorithm::eltwise_relu_use_dst_for_bwd, desc, 0.0f}, engine_);
    const dnnl::eltwise_backward::primitive_desc back({dnnl::algorithm::eltwise_relu_use_dst_for_bwd, desc, desc, 0.0f},
                                                      engine_, forward);
    backward_.push_back(
        {dnnl::eltwise_backward(back), {{DNNL_ARG_DST, y}, {DNNL_ARG_DIFF_DST, dy}, {DNNL_ARG_DIFF_SRC, dy}}});
    return dy;
  }

  // What Dense and Convolution share once their primitives are described.
  template <class Forward, class WeightGradient, class InputGradient, class Descriptors>
  memory add_learned(memory x, const Descriptors& d, bool rectified, float deviation) {
    const typename Forward::primitive_desc forward(d.forward(kind()), fused(rectified), engine_);
    x = in_layout(x, forward.src_desc(), forward_);
    const memory weight = add_parameters(forward.weights_desc(), deviation);
    const std::size_t index = parameters_.size() - 1;
    const memory bias = add_parameters(forward.bias_desc(), 0);
    const memory y = allocate(forward.dst_desc());
    forward_.push_back(
        {Forward(forward), {{DNNL_ARG_SRC, x}, {DNNL_ARG_WEIGHTS, weight}, {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST, y}}});
    plans_.push_back([=, this_ = this](memory dy, bool wants_dx) {
      dy = this_->through_relu(rectified, y, dy);
      return this_->template plan_learned<WeightGradient, InputGradient>(x, d, forward, index, dy, wants_dx);
    });
    return y;
  }
  template <class WeightGradient, class InputGradient, class Descriptors, class ForwardDesc>
  memory plan_learned(memory x, const Descriptors& d, const ForwardDesc& forward, std::size_t index, memory dy,
                      bool wants_dx) {
    Parameters& weight = parameters_[index];
    Parameters& bias = parameters_[index + 1];
    const typename WeightGradient::primitive_desc to_weight(d.weight_gradient(), engine_, forward);
    const memory x_here = in_layout(x, to_weight.src_desc(), backward_);
    const memory dy_here = in_layout(dy, to_weight.diff_dst_desc(), backward_);
    const bool same = to_weight.diff_weights_desc() == weight.value.get_desc();
    const memory dw = same ? weight.gradient : allocate(to_weight.diff_weights_desc());
    backward_.push_back({WeightGradient(to_weight),
                         {{DNNL_ARG_SRC, x_here},
                          {DNNL_ARG_DIFF_DST, dy_here},
                          {DNNL_ARG_DIFF_WEIGHTS, dw},
                          {DNNL_ARG_DIFF_BIAS, bias.gradient}}});
    if (!same) {
      backward_.push_back({dnnl::reorder(dw, weight.gradient), {{DNNL_ARG_FROM, dw}, {DNNL_ARG_TO, weight.gradient}}});
    }
    if (!wants_dx) return {};
    const typename InputGradient::primitive_desc to_input(d.input_gradient(), engine_, forward);
    const memory w_here = in_layout(weight.value, to_input.weights_desc(), backward_);
    const memory dy_too = in_layout(dy, to_input.diff_dst_desc(), backward_);
    const memory dx = allocate(to_input.diff_src_desc());
    backward_.push_back(
        {InputGradient(to_input), {{DNNL_ARG_DIFF_DST, dy_too}, {DNNL_ARG_WEIGHTS, w_here}, {DNNL_ARG_DIFF_SRC, dx}}});
    return dx;
  }

  struct DenseDescriptors {
    memory::dims x, w, y;
    auto forward(dnnl::prop_kind kind) const {
      return dnnl::inner_product_forward::desc(kind, free_layout(x), free_layout(w), plain({y[1]}, Format::x),
                                               free_layout(y));
    }
    auto weight_gradient() const {
      return dnnl::inner_product_backward_weights::desc(free_layout(x), free_layout(w), plain({y[1]}, Format::x),
                                                        free_layout(y));
    }
    auto input_gradient() const {
      return dnnl::inner_product_backward_data::desc(free_layout(x), free_layout(w), free_layout(y));
    }
  };
  memory add_dense(memory x, int outputs, bool rectified) {
    DenseDescriptors d{x.get_desc().dims(), {}, {batch_, outputs}};
    d.w = d.x;
    d.w[0] = outputs;
    float in = 1;
    for (std::size_t i = 1; i < d.x.size(); ++i) in *= static_cast<float>(d.x[i]);
    return add_learned<dnnl::inner_product_forward, dnnl::inner_product_backward_weights,
                       dnnl::inner_product_backward_data>(x, d, rectified, std::sqrt(2.0f / in));
  }

  struct ConvolutionDescriptors {
    memory::dims x, w, y, strides{1, 1}, pad;
    static constexpr auto algorithm = dnnl::algorithm::convolution_direct;
    auto forward(dnnl::prop_kind kind) const {
      return dnnl::convolution_forward::desc(kind, algorithm, free_layout(x), free_layout(w), plain({y[1]}, Format::x),
                                             free_layout(y), strides, pad, pad);
    }
    auto weight_gradient() const {
      return dnnl::convolution_backward_weights::desc(algorithm, free_layout(x), free_layout(w),
                                                      plain({y[1]}, Format::x), free_layout(y), strides, pad, pad);
    }
    auto input_gradient() const {
      return dnnl::convolution_backward_data::desc(algorithm, free_layout(x), free_layout(w), free_layout(y), strides,
                                                   pad, pad);
    }
  };
  memory add_convolution(memory x, const LayerSpec& spec, bool rectified) {
    const auto in = x.get_desc().dims();
    const int pad = spec.same ? spec.kernel / 2 : 0;
    const auto side = in[2] + 2 * pad - spec.kernel + 1;
    const ConvolutionDescriptors d{
        in, {spec.outputs, in[1], spec.kernel, spec.kernel}, {batch_, spec.outputs, side, side}, {1, 1}, {pad, pad}};
    const float fan = static_cast<float>(in[1] * spec.kernel * spec.kernel);
    return add_learned<dnnl::convolution_forward, dnnl::convolution_backward_weights, dnnl::convolution_backward_data>(
        x, d, rectified, std::sqrt(2.0f / fan));
  }

  memory add_pool(memory x) {
    const memory::dims in = x.get_desc().dims(), out{in[0], in[1], in[2] / 2, in[3] / 2}, two{2, 2}, none{0, 0};
    const dnnl::pooling_forward::primitive_desc forward(
        {kind(), dnnl::algorithm::pooling_max, x.get_desc(), free_layout(out), two, two, none, none}, engine_);
    const memory y = allocate(forward.dst_desc());
    Arguments arguments{{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, y}};
    memory places;
    if (training_) arguments.emplace(DNNL_ARG_WORKSPACE, places = allocate(forward.workspace_desc()));
    forward_.push_back({dnnl::pooling_forward(forward), arguments});
    plans_.push_back([=, this_ = this](memory dy, bool) {
      dy = this_->in_layout(dy, forward.dst_desc(), this_->backward_);
      const dnnl::pooling_backward::primitive_desc back(
          {dnnl::algorithm::pooling_max, x.get_desc(), forward.dst_desc(), two, two, none, none}, this_->engine_,
          forward);
      const memory dx = this_->allocate(back.diff_src_desc());
      this_->backward_.push_back({dnnl::pooling_backward(back),
                                  {{DNNL_ARG_DIFF_DST, dy}, {DNNL_ARG_WORKSPACE, places}, {DNNL_ARG_DIFF_SRC, dx}}});
      return dx;
    });
    return y;
  }

  void plan_backward() {
    output_gradient_ = allocate(output_.get_desc());
    memory dy = output_gradient_;
    for (std::size_t i = plans_.size(); i-- > 0;) dy = plans_[i](dy, i > 0);
  }

  void run(const std::vector<Operation>& operations) {
    for (const Operation& o : operations) o.primitive.execute(stream_, o.arguments);
    stream_.wait();
  }
  void run_forward(const float* x, int batch) {
    const std::size_t bytes = input_.get_desc().get_size();
    static_cast<void>(batch);
    std::memcpy(input_.get_data_handle(), x, bytes);
    run(forward_);
  }
  // (softmax - one-hot) / batch
  void loss_gradient(const std::uint8_t* labels) {
    const float* y = static_cast<const float*>(output_.get_data_handle());
    float* dy = static_cast<float*>(output_gradient_.get_data_handle());
    const float share = 1.0f / static_cast<float>(batch_);
    for (int n = 0; n < batch_; ++n, y += 10, dy += 10) {
      float most = y[0], total = 0;
      for (int c = 1; c < 10; ++c) most = std::max(most, y[c]);
      for (int c = 0; c < 10; ++c) total += dy[c] = std::exp(y[c] - most);
      for (int c = 0; c < 10; ++c) dy[c] *= share / total;
      dy[labels[n]] -= share;
    }
  }

  int batch_;
  bool training_;
  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  std::mt19937 generator_{1};
  std::vector<Operation> forward_, backward_;
  std::vector<Parameters> parameters_;
  std::vector<PlanBack> plans_;
  memory input_, output_, output_gradient_;
};

std::unique_ptr<benchmarks::Contestant> make(const std::string& model, int batch, bool training) {
  const auto specs = benchmarks::network_of(model);
  for (const LayerSpec& spec : specs) {
    if (spec.kind == LayerSpec::batch_norm || spec.kind == LayerSpec::dropout) return nullptr;
  }
  if (specs.empty()) return nullptr;
  return std::make_unique<Network>(model, batch, training);
}

}  // namespace

int main(int argc, char** argv) {
#if defined(__SSE2__)
  _mm_setcsr(_mm_getcsr() | 0x8040);  // subnormals are zeros
#endif
  return benchmarks::hold_contest("onednn", argc, argv, make);
}
