set(MICA_CPU -mcpu=cortex-m55 -mfloat-abi=hard)
set(MICA_MACHINE mps3-an547)
set(MICA_MEMORY mps3_an547)
include(${CMAKE_CURRENT_LIST_DIR}/cortex_m.cmake)
