// Factors of the learning rate, step by step.
// Written by tools/golden/generate.py with PyTorch 1.13.0 in double.
#pragma once

#include <mica/mica.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

struct Constant0 {
  static mica::Schedule schedule() { return mica::Schedule::constant(); }
  static constexpr float factors[] = {1.0f, 1.0f, 1.0f};
};
struct Step0 {
  static mica::Schedule schedule() { return mica::Schedule::step(1, 0.5f); }
  static constexpr float factors[] = {1.0f, 0.5f, 0.25f, 0.125f, 0.0625f, 0.03125f, 0.015625f, 0.0078125f, 0.00390625f, 0.001953125f, 0.0009765625f, 0.00048828125f, 0.000244140625f, 0.000122070312f, 6.10351562e-05f, 3.05175781e-05f, 1.52587891e-05f, 7.62939453e-06f, 3.81469727e-06f, 1.90734863e-06f, 9.53674316e-07f, 4.76837158e-07f, 2.38418579e-07f, 1.1920929e-07f, 5.96046448e-08f, 2.98023224e-08f, 1.49011612e-08f, 7.4505806e-09f, 3.7252903e-09f, 1.86264515e-09f};
};
struct Cosine0 {
  static mica::Schedule schedule() { return mica::Schedule::cosine(10, 0.0f); }
  static constexpr float factors[] = {1.0f, 0.975528258f, 0.904508497f, 0.793892626f, 0.654508497f, 0.5f, 0.345491503f, 0.206107374f, 0.0954915028f, 0.0244717419f, 0.0f};
};
struct Constant1 {
  static mica::Schedule schedule() { return mica::Schedule::constant().warm_up(4); }
  static constexpr float factors[] = {0.2f, 0.4f, 0.6f, 0.8f, 1.0f, 1.0f, 1.0f};
};
struct Step1 {
  static mica::Schedule schedule() { return mica::Schedule::step(3, 0.1f).warm_up(4); }
  static constexpr float factors[] = {0.2f, 0.4f, 0.6f, 0.8f, 1.0f, 1.0f, 1.0f, 0.1f, 0.1f, 0.1f, 0.01f, 0.01f, 0.01f, 0.001f, 0.001f, 0.001f, 0.0001f, 0.0001f, 0.0001f, 1e-05f, 1e-05f, 1e-05f, 1e-06f, 1e-06f, 1e-06f, 1e-07f, 1e-07f, 1e-07f, 1e-08f, 1e-08f, 1e-08f, 1e-09f, 1e-09f, 1e-09f};
};
struct Cosine1 {
  static mica::Schedule schedule() { return mica::Schedule::cosine(7, 0.1f).warm_up(4); }
  static constexpr float factors[] = {0.2f, 0.4f, 0.6f, 0.8f, 1.0f, 0.955435991f, 0.830570411f, 0.65013442f, 0.44986558f, 0.269429589f, 0.144564009f, 0.1f};
};
struct Constant2 {
  static mica::Schedule schedule() { return mica::Schedule::constant().warm_up(1); }
  static constexpr float factors[] = {0.5f, 1.0f, 1.0f, 1.0f};
};
struct Step2 {
  static mica::Schedule schedule() { return mica::Schedule::step(7, 0.5f).warm_up(1); }
  static constexpr float factors[] = {0.5f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.0625f, 0.0625f};
};
struct Cosine2 {
  static mica::Schedule schedule() { return mica::Schedule::cosine(33, 0.01f).warm_up(1); }
  static constexpr float factors[] = {0.5f, 1.0f, 0.997758602f, 0.991054705f, 0.979949022f, 0.964542127f, 0.944973547f, 0.921420499f, 0.894096282f, 0.863248349f, 0.829156063f, 0.79212817f, 0.7525f, 0.710630431f, 0.666898642f, 0.621700673f, 0.575445845f, 0.528553048f, 0.481446952f, 0.434554155f, 0.388299327f, 0.343101358f, 0.299369569f, 0.2575f, 0.21787183f, 0.180843937f, 0.146751651f, 0.115903718f, 0.0885795012f, 0.0650264529f, 0.0454578732f, 0.0300509781f, 0.0189452949f, 0.0122413983f, 0.01f};
};
struct Constant3 {
  static mica::Schedule schedule() { return mica::Schedule::constant().warm_up(10); }
  static constexpr float factors[] = {0.0909090909f, 0.181818182f, 0.272727273f, 0.363636364f, 0.454545455f, 0.545454545f, 0.636363636f, 0.727272727f, 0.818181818f, 0.909090909f, 1.0f, 1.0f, 1.0f};
};
struct Step3 {
  static mica::Schedule schedule() { return mica::Schedule::step(10, 0.9f).warm_up(10); }
  static constexpr float factors[] = {0.0909090909f, 0.181818182f, 0.272727273f, 0.363636364f, 0.454545455f, 0.545454545f, 0.636363636f, 0.727272727f, 0.818181818f, 0.909090909f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.81f, 0.81f, 0.81f, 0.81f, 0.81f, 0.81f, 0.81f, 0.81f, 0.81f, 0.81f};
};
struct Cosine3 {
  static mica::Schedule schedule() { return mica::Schedule::cosine(50, 0.0f).warm_up(10); }
  static constexpr float factors[] = {0.0909090909f, 0.181818182f, 0.272727273f, 0.363636364f, 0.454545455f, 0.545454545f, 0.636363636f, 0.727272727f, 0.818181818f, 0.909090909f, 1.0f, 0.999013364f, 0.996057351f, 0.991143625f, 0.984291581f, 0.975528258f, 0.964888243f, 0.952413526f, 0.93815334f, 0.922163963f, 0.904508497f, 0.885256621f, 0.864484314f, 0.842273553f, 0.818711995f, 0.793892626f, 0.767913397f, 0.740876837f, 0.712889646f, 0.684062276f, 0.654508497f, 0.624344944f, 0.593690657f, 0.562666617f, 0.53139526f, 0.5f, 0.46860474f, 0.437333383f, 0.406309343f, 0.375655056f, 0.345491503f, 0.315937724f, 0.287110354f, 0.259123163f, 0.232086603f, 0.206107374f, 0.181288005f, 0.157726447f, 0.135515686f, 0.114743379f, 0.0954915028f, 0.0778360372f, 0.06184666f, 0.0475864738f, 0.0351117571f, 0.0244717419f, 0.0157084194f, 0.00885637464f, 0.00394264934f, 0.000986635786f, 0.0f};
};
struct Constant4 {
  static mica::Schedule schedule() { return mica::Schedule::constant().warm_up(3); }
  static constexpr float factors[] = {0.25f, 0.5f, 0.75f, 1.0f, 1.0f, 1.0f};
};
struct Step4 {
  static mica::Schedule schedule() { return mica::Schedule::step(2, 0.75f).warm_up(3); }
  static constexpr float factors[] = {0.25f, 0.5f, 0.75f, 1.0f, 1.0f, 0.75f, 0.75f, 0.5625f, 0.5625f, 0.421875f, 0.421875f, 0.31640625f, 0.31640625f, 0.237304688f, 0.237304688f, 0.177978516f, 0.177978516f, 0.133483887f, 0.133483887f, 0.100112915f, 0.100112915f, 0.0750846863f, 0.0750846863f, 0.0563135147f, 0.0563135147f, 0.042235136f, 0.042235136f, 0.031676352f, 0.031676352f, 0.023757264f, 0.023757264f, 0.017817948f, 0.017817948f};
};
struct Cosine4 {
  static mica::Schedule schedule() { return mica::Schedule::cosine(5, 0.5f).warm_up(3); }
  static constexpr float factors[] = {0.25f, 0.5f, 0.75f, 1.0f, 0.952254249f, 0.827254249f, 0.672745751f, 0.547745751f, 0.5f};
};
using ScheduleCases = Cases<Constant0, Step0, Cosine0, Constant1, Step1, Cosine1, Constant2, Step2, Cosine2, Constant3, Step3, Cosine3, Constant4, Step4, Cosine4>;

}  // namespace golden
