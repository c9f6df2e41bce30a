// The loops behind the layers, with sizes known at run time, compiled once for the port the library is built for.
// T is float; the library mica_testing adds the same kernels in double for check_layer.
#pragma once

#include <mica/kernels/activations.hpp>
#include <mica/kernels/arrays.hpp>
#include <mica/kernels/attention.hpp>
#include <mica/kernels/convolution.hpp>
#include <mica/kernels/depthwise.hpp>
#include <mica/kernels/dropout.hpp>
#include <mica/kernels/embedding.hpp>
#include <mica/kernels/finite.hpp>
#include <mica/kernels/losses.hpp>
#include <mica/kernels/matmul.hpp>
#include <mica/kernels/normalization.hpp>
#include <mica/kernels/orthonormalize.hpp>
#include <mica/kernels/piecewise_activations.hpp>
#include <mica/kernels/pooled_convolution.hpp>
#include <mica/kernels/pooling.hpp>
#include <mica/kernels/random.hpp>
#include <mica/kernels/rearrange.hpp>
#include <mica/kernels/recurrent.hpp>
#include <mica/kernels/reductions.hpp>
#include <mica/kernels/row_normalization.hpp>
#include <mica/kernels/smooth_activations.hpp>
#include <mica/kernels/softmax.hpp>
#include <mica/kernels/updates.hpp>
