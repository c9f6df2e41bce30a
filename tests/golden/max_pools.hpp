// Forward and backward of layers: y, and dx and the parameters' gradient for a given dy.
// Written by tools/golden/generate.py with PyTorch 1.13.0 in double.
#pragma once

#include <mica/mica.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

struct MaxPool2d0 {
  using Layer = mica::MaxPool2d<2, 2, mica::Valid>;
  using Input = mica::Shape<4, 6, 3>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{280, 1, 2.0f}, dy{280, 3};
  static constexpr Draw params{280, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.355957031f, 1.23895264f, -0.401550293f, 0.915344238f, 1.92248535f, 0.444946289f, 0.910827637f, 1.77801514f, 0.705322266f, 1.4597168f, 1.6854248f, 1.19250488f, 1.84814453f, 1.9619751f, 1.73126221f, 1.86621094f, 0.199523926f, 1.82745361f};
  static constexpr float dx[] = {0.0f, 0.0f, 0.0f, 0.0f, 0.390258789f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.310302734f, 0.0f, 0.0f, -0.140594482f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.874633789f, 0.0f, -0.802642822f, -0.136352539f, 0.0f, 0.0f, 0.0f, 0.348632812f, 0.0f, 0.0f, 0.775085449f, 0.0f, -0.494689941f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.402862549f, -0.609710693f, 0.0f, 0.0f, 0.0f, -0.44708252f, 0.0f, 0.0f, -0.541412354f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.129211426f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.932128906f, 0.0f, 0.0f, 0.0f, -0.240631104f, 0.0f, -0.423278809f, 0.0f, 0.0f, 0.0f, 0.134887695f};
  static constexpr float gradient[] = {0};
};
struct MaxPool2d1 {
  using Layer = mica::MaxPool2d<2, 2, mica::DropBorder>;
  using Input = mica::Shape<5, 5, 5>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{281, 1, 2.0f}, dy{281, 3};
  static constexpr Draw params{281, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.97784424f, 1.50170898f, 0.971069336f, 0.0985107422f, 0.64251709f, 1.02038574f, 1.40533447f, 1.90655518f, 1.71856689f, 1.27630615f, 0.947265625f, 1.82702637f, 1.81799316f, 1.80303955f, 0.141601562f, 0.356323242f, 1.71887207f, -0.250732422f, 1.95721436f, 1.36090088f};
  static constexpr float dx[] = {0.0f, 0.16293335f, 0.0f, 0.0f, 0.0f, 0.544769287f, 0.0f, 0.0f, 0.0f, 0.441864014f, 0.0f, -0.836334229f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.822967529f, 0.332305908f, 0.0f, -0.516479492f, 0.0f, -0.253143311f, -0.2550354f, 0.307800293f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.187225342f, 0.252288818f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.927307129f, 0.0f, -0.712371826f, 0.0f, 0.772583008f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.111358643f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.635742188f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0293273926f, 0.0f, 0.521270752f, 0.0f, 0.191802979f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool2d2 {
  using Layer = mica::MaxPool2d<3, 2, mica::Pad<1>>;
  using Input = mica::Shape<6, 7, 2>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{282, 1, 2.0f}, dy{282, 3};
  static constexpr Draw params{282, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.498046875f, 0.605041504f, 1.45611572f, 1.87054443f, 1.74536133f, 1.87054443f, 1.74536133f, 1.03521729f, 1.06921387f, 0.813049316f, 0.566833496f, 1.4284668f, 1.74536133f, 1.76373291f, 1.85046387f, 1.89654541f, 1.32629395f, 0.813049316f, 1.5380249f, 1.90625f, 1.91381836f, 1.90625f, 1.85046387f, 1.89654541f};
  static constexpr float dx[] = {0.0f, -0.256713867f, -0.028503418f, 0.0f, 0.0f, 0.0f, 0.374481201f, -1.37316895f, 0.0f, 0.0f, 0.0f, 0.632110596f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.577301025f, 0.0f, 0.0f, 0.0f, -0.867584229f, 1.8817749f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.910369873f, -1.89099121f, 0.0f, 0.0f, 0.0f, 0.0f, -0.912902832f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.175842285f, -0.800933838f, 0.0f, 0.0f, 0.601867676f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.177093506f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.562866211f, 0.0f, 0.0f, -1.12374878f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool2d3 {
  using Layer = mica::MaxPool2d<mica::rectangle(3, 2), mica::rectangle(1, 2), mica::Valid>;
  using Input = mica::Shape<5, 6, 2>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{283, 1, 2.0f}, dy{283, 3};
  static constexpr Draw params{283, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.90380859f, 0.93347168f, 1.8706665f, 1.21588135f, 0.528381348f, 1.53356934f, 1.50732422f, 0.93347168f, 1.61968994f, 1.21588135f, 0.528381348f, 1.94519043f, 1.50732422f, 0.93347168f, 1.61968994f, 0.840515137f, 0.157043457f, 1.94519043f};
  static constexpr float dx[] = {0.0119934082f, 0.0f, 0.0f, 0.0f, 0.140594482f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.231079102f, 0.0f, 0.0f, 1.81542969f, -0.498962402f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -1.46905518f, 0.0f, 0.0f, 0.0f, 0.626495361f, 0.866638184f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -1.01574707f, 0.0f, 0.272033691f, 0.0f, 0.0f, 0.0f, 0.0f, 1.0098877f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool2d4 {
  using Layer = mica::MaxPool2d<3, 1, mica::Same>;
  using Input = mica::Shape<5, 5, 2>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{284, 1, 2.0f}, dy{284, 3};
  static constexpr Draw params{284, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.57574463f, -0.35925293f, 1.57574463f, 1.45202637f, 1.11169434f, 1.45202637f, 1.91143799f, 1.45202637f, 1.91143799f, 1.37994385f, 1.57574463f, 1.8704834f, 1.58782959f, 1.8704834f, 1.58782959f, 1.45202637f, 1.91143799f, 1.45202637f, 1.91143799f, 1.37994385f, 1.57574463f, 1.8704834f, 1.58782959f, 1.8704834f, 1.91369629f, 1.37994385f, 1.91369629f, 1.37994385f, 1.91369629f, 1.37994385f, 1.25109863f, 1.8704834f, 1.58782959f, 1.8704834f, 1.91369629f, 1.12060547f, 1.91369629f, 1.00744629f, 1.91369629f, 0.850402832f, 1.25109863f, 1.12060547f, 1.25109863f, 1.12060547f, 1.91369629f, 1.12060547f, 1.91369629f, 0.850402832f, 1.91369629f, 0.850402832f};
  static constexpr float dx[] = {0.0f, -0.0875244141f, 0.0f, 0.0f, 0.0f, 1.75872803f, 0.0f, 0.0f, 0.0f, 0.0f, -0.492858887f, 0.0f, 0.479827881f, 0.0f, 0.0f, 0.0f, 0.0f, -2.20376587f, 0.119232178f, 0.0f, 0.0f, -1.23684692f, 0.0f, 0.0f, -1.07012939f, -0.76184082f, 0.0f, 0.0f, 0.0f, 0.0f, 1.46020508f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -2.11587524f, 0.0f, 0.0f, 0.561462402f, 0.0f, 0.0f, 0.0f, 0.523132324f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool1d0 {
  using Layer = mica::MaxPool1d<2, 2, mica::Valid>;
  using Input = mica::Shape<6, 4>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{285, 1, 2.0f}, dy{285, 3};
  static constexpr Draw params{285, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.78051758f, 0.669372559f, 1.0065918f, -0.00115966797f, 1.79638672f, 0.258483887f, 1.04351807f, 1.9520874f, -0.936035156f, 0.523376465f, 0.516235352f, 0.959838867f, 1.09143066f, 1.5100708f, 0.419799805f, -0.362670898f, 0.0773925781f, 1.32641602f, 0.952026367f, 1.12744141f, 0.466308594f, 0.922912598f, 1.33209229f, 1.71936035f};
  static constexpr float dx[] = {-0.889038086f, 0.0f, 0.0f, 0.0f, 0.0f, -0.277435303f, 0.853363037f, -0.68637085f, -0.231933594f, -0.833709717f, 0.0f, 0.279571533f, 0.0f, 0.0f, -0.934906006f, 0.0f, -0.429473877f, 0.473358154f, -0.995330811f, 0.0f, 0.0f, 0.0f, 0.0f, -0.838012695f, 0.716400146f, -0.624572754f, 0.0f, -0.230407715f, 0.0f, 0.0f, -0.405761719f, 0.0f, 0.0f, 0.0f, -0.0180969238f, -0.977111816f, 0.208862305f, 0.466796875f, 0.0f, 0.0f, 0.727813721f, 0.553192139f, 0.890228271f, 0.841033936f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool1d1 {
  using Layer = mica::MaxPool1d<2, 2, mica::DropBorder>;
  using Input = mica::Shape<9, 3>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{286, 1, 2.0f}, dy{286, 3};
  static constexpr Draw params{286, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.24487305f, -0.255126953f, 0.393554688f, -0.223144531f, 1.01165771f, -0.823974609f, 0.134521484f, -0.129638672f, 1.25878906f, 1.97290039f, -1.2557373f, 1.73046875f};
  static constexpr float dx[] = {-0.445617676f, -0.22555542f, 0.0f, 0.0f, 0.0f, -0.60256958f, 0.0f, 0.359680176f, 0.0118103027f, 0.0760192871f, 0.0f, 0.0f, 0.69744873f, 0.0f, -0.0699462891f, 0.0f, 0.196929932f, 0.0f, 0.0f, -0.197784424f, 0.0f, 0.808135986f, 0.0f, 0.150634766f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool1d2 {
  using Layer = mica::MaxPool1d<3, 2, mica::Pad<1>>;
  using Input = mica::Shape<8, 9>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{287, 1, 2.0f}, dy{287, 3};
  static constexpr Draw params{287, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.484985352f, 1.15783691f, -0.415405273f, 1.23675537f, 1.06347656f, -0.604003906f, 1.56207275f, -0.0637817383f, -1.12976074f, 0.484985352f, 1.15783691f, -1.0793457f, 1.23083496f, 1.45898438f, -0.22644043f, 1.56207275f, 1.63049316f, -0.438598633f, 1.50762939f, 0.297241211f, 1.84112549f, 1.23083496f, 1.90625f, 0.670410156f, 1.70239258f, 1.26641846f, 1.65142822f, -0.0600585938f, 1.66290283f, 0.484924316f, 0.44519043f, 1.90625f, 0.573669434f, 1.19415283f, 1.26641846f, 1.65142822f};
  static constexpr float dx[] = {0.0f, 0.0f, -0.87600708f, -0.619934082f, 0.502807617f, 0.0f, 0.0f, -0.651428223f, 0.0f, 1.35107422f, 0.12121582f, 0.490264893f, 0.0f, 0.0f, 0.0133361816f, -0.631378174f, 0.0f, 0.386413574f, 0.0f, 0.0f, 0.0f, 0.0f, -0.497741699f, 0.0f, 0.0f, -0.414978027f, 0.0f, 0.0f, 0.0f, 0.0f, 1.25210571f, 0.0f, -0.291015625f, 0.0f, 0.0f, -0.491088867f, -0.459991455f, 0.502258301f, 0.0439453125f, 0.0f, 0.0f, 0.890594482f, 0.817382812f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -1.47909546f, 0.191589355f, 0.0f, -0.172607422f, -0.197601318f, 0.0f, -0.0678405762f, 0.0f, -0.657653809f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0579833984f, 0.0f, 0.661254883f, 0.0f, 0.0f, 0.0f, -0.19732666f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct MaxPool1d3 {
  using Layer = mica::MaxPool1d<3, 1, mica::Same>;
  using Input = mica::Shape<7, 2>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{288, 1, 2.0f}, dy{288, 3};
  static constexpr Draw params{288, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.431396484f, 0.836364746f, 1.05682373f, 1.91888428f, 1.05682373f, 1.91888428f, 1.94274902f, 1.91888428f, 1.94274902f, 0.794799805f, 1.94274902f, 0.794799805f, 0.0191040039f, -0.599182129f, -0.030090332f, -1.07458496f, -0.030090332f, -1.07458496f, 0.702697754f, -0.621154785f, 0.702697754f, -0.621154785f, 0.702697754f, -0.0579223633f, 0.311950684f, 1.3458252f, 0.311950684f, 1.3458252f};
  static constexpr float dx[] = {0.285949707f, 0.0f, 0.0f, 0.134216309f, -0.601196289f, 2.14483643f, 0.0f, 0.0f, 1.51516724f, 0.659790039f, -0.941802979f, -0.225830078f, 0.0f, 0.0f, 1.20587158f, 0.0f, 0.0f, 0.288574219f, 0.0f, 0.0f, 1.92904663f, 0.868255615f, 0.0f, 0.0f, -0.065032959f, -0.316741943f, 0.0f, 0.807067871f};
  static constexpr float gradient[] = {0};
};
struct MaxPool1d4 {
  using Layer = mica::MaxPool1d<5, 3, mica::Valid>;
  using Input = mica::Shape<11, 1>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{289, 1, 2.0f}, dy{289, 3};
  static constexpr Draw params{289, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.78039551f, 1.48010254f, 1.8706665f, 0.843505859f, 1.95861816f, 1.95861816f};
  static constexpr float dx[] = {-0.471954346f, 0.0f, 0.0f, 0.0f, 0.0f, 0.84185791f, 0.0f, 0.0f, 0.0f, 0.281188965f, 0.0f, 0.0f, 0.0f, 0.0f, 0.479705811f, 0.0f, 0.0f, -0.826934814f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
using MaxPoolCases = Cases<MaxPool2d0, MaxPool2d1, MaxPool2d2, MaxPool2d3, MaxPool2d4, MaxPool1d0, MaxPool1d1, MaxPool1d2, MaxPool1d3, MaxPool1d4>;

}  // namespace golden
