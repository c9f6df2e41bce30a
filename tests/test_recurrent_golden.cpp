// The recurrent layers, attention and embeddings against PyTorch.
#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/recurrent_attention.hpp"
#include "tests/golden/recurrent_embedding.hpp"
#include "tests/golden/recurrent_gru.hpp"
#include "tests/golden/recurrent_lstm.hpp"
#include "tests/golden/recurrent_positions.hpp"
#include "tests/golden/recurrent_simple_rnn.hpp"

TEST_CASE("SimpleRNN gives PyTorch's numbers") {
  golden::SimpleRNNCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

TEST_CASE("GRU gives PyTorch's numbers") {
  golden::GRUCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

TEST_CASE("LSTM gives PyTorch's numbers") {
  golden::LSTMCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

TEST_CASE("SelfAttention gives PyTorch's numbers") {
  golden::SelfAttentionCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

TEST_CASE("Embedding gives PyTorch's numbers") {
  golden::EmbeddingCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

TEST_CASE("PositionalEncoding gives PyTorch's numbers") {
  golden::PositionalEncodingCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}
