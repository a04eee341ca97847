# ruff: noqa: E501 (sentences are kept whole)
"""What made papers are about: matters of public work, each with its own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One matter: ``work`` (công tác …), its ``objects``, the aim, its law, who looks after it.

    ``tasks`` are clauses that begin with a verb in lower case and end without a mark.
    """

    work: str
    objects: str
    aim: str
    law: str
    department: str  # the provincial department (sở)
    code: str  # its short form in symbols
    tasks: tuple[str, ...]


TOPICS = (
    Topic(
        "công tác văn thư, lưu trữ và số hoá tài liệu",
        "hồ sơ, tài liệu lưu trữ",
        "gìn giữ lâu dài ký ức của tổ chức và phục vụ tra cứu thuận tiện, chính xác",
        "Luật Lưu trữ",
        "Sở Nội vụ",
        "SNV",
        (
            "rà soát, thống kê đầy đủ hồ sơ, tài liệu đang bảo quản tại kho và tại từng phòng chuyên môn",
            "chỉnh lý dứt điểm tài liệu tồn đọng, xác định giá trị và thời hạn bảo quản của từng hồ sơ",
            "quét tài liệu giấy với độ phân giải phù hợp, kiểm tra từng trang trước khi đưa vào cơ sở dữ liệu",
            "nộp hồ sơ vào lưu trữ cơ quan đúng thời hạn, không để cá nhân giữ tài liệu sau khi công việc kết thúc",
            "bố trí kho lưu trữ khô ráo, có thiết bị báo cháy, hút ẩm và camera giám sát",
            "kiểm tra định kỳ tình trạng vật lý của tài liệu, tu bổ kịp thời tài liệu ố, rách, mờ chữ",
        ),
    ),
    Topic(
        "công tác chuyển đổi số trong hoạt động của cơ quan, đơn vị",
        "quy trình, dữ liệu số",
        "rút ngắn thời gian xử lý công việc, phục vụ người dân và doanh nghiệp ngày càng tốt hơn",
        "Luật Giao dịch điện tử",
        "Sở Khoa học và Công nghệ",
        "SKHCN",
        (
            "chuẩn hoá quy trình nội bộ, loại bỏ các bước trung gian không cần thiết",
            "ký số toàn bộ văn bản điện tử, chấm dứt việc gửi song song bản giấy",
            "kết nối, chia sẻ dữ liệu giữa các hệ thống thông tin dùng chung",
            "bồi dưỡng kỹ năng số cho cán bộ, công chức, nhất là ở cơ sở",
            "bảo đảm an toàn thông tin, sao lưu dữ liệu hằng ngày và diễn tập xử lý sự cố",
            "công khai tiến độ giải quyết hồ sơ để tổ chức, cá nhân theo dõi",
        ),
    ),
    Topic(
        "công tác phòng, chống thiên tai và tìm kiếm cứu nạn",
        "phương án ứng phó, vật tư dự phòng",
        "bảo vệ tính mạng, tài sản của Nhân dân, hạn chế thấp nhất thiệt hại do mưa bão gây ra",
        "Luật Phòng, chống thiên tai",
        "Sở Nông nghiệp và Môi trường",
        "SNNMT",
        (
            "kiểm tra hệ thống đê điều, hồ chứa, xử lý ngay các vị trí xung yếu trước mùa mưa lũ",
            "chuẩn bị lực lượng, phương tiện theo phương châm bốn tại chỗ",
            "tổ chức trực ban nghiêm túc 24/24 giờ, báo cáo kịp thời tình huống phát sinh",
            "sơ tán người dân khỏi vùng có nguy cơ sạt lở, ngập sâu trước khi bão đổ bộ",
            "khôi phục nhanh điện, nước, thông tin liên lạc, đường giao thông sau thiên tai",
            "hỗ trợ giống cây trồng, vật nuôi để bà con sớm ổn định sản xuất",
        ),
    ),
    Topic(
        "công tác bảo đảm an toàn thực phẩm",
        "cơ sở sản xuất, kinh doanh thực phẩm",
        "bảo vệ sức khoẻ cộng đồng và nâng cao niềm tin của người tiêu dùng",
        "Luật An toàn thực phẩm",
        "Sở Y tế",
        "SYT",
        (
            "kiểm tra điều kiện vệ sinh tại bếp ăn tập thể, trường học, khu công nghiệp",
            "lấy mẫu kiểm nghiệm đột xuất đối với mặt hàng có nguy cơ cao",
            "xử lý nghiêm hành vi sử dụng chất cấm, phụ gia ngoài danh mục cho phép",
            "công khai tên cơ sở vi phạm trên phương tiện thông tin đại chúng",
            "hướng dẫn các hộ kinh doanh nhỏ lẻ ghi chép nguồn gốc nguyên liệu",
            "chuẩn bị thuốc, vật tư y tế, sẵn sàng cấp cứu khi xảy ra ngộ độc",
        ),
    ),
    Topic(
        "công tác khuyến học, xây dựng xã hội học tập",
        "mô hình học tập, quỹ khuyến học",
        "mở rộng cơ hội học tập suốt đời cho mọi người dân, nhất là thanh niên nông thôn",
        "Luật Giáo dục",
        "Sở Giáo dục và Đào tạo",
        "SGDĐT",
        (
            "nhân rộng mô hình gia đình học tập, dòng họ học tập, cộng đồng học tập",
            "trao học bổng cho học sinh nghèo vượt khó, không để em nào bỏ học vì thiếu sách vở",
            "củng cố trung tâm học tập cộng đồng, đổi mới nội dung các lớp chuyên đề",
            "đưa thư viện số về xã, phường, tạo điều kiện cho người dân đọc sách miễn phí",
            "biểu dương tập thể, cá nhân có nhiều đóng góp cho phong trào",
            "phối hợp với doanh nghiệp dạy nghề ngắn hạn gắn với việc làm tại chỗ",
        ),
    ),
    Topic(
        "công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ",
        "khu dân cư, chợ, nhà xưởng, kho hàng",
        "kiềm chế số vụ cháy, không để xảy ra cháy lớn gây thiệt hại nghiêm trọng về người",
        "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ",
        "Công an tỉnh",
        "CAT",
        (
            "tổng kiểm tra hệ thống điện, lối thoát nạn tại chợ, chung cư, cơ sở kinh doanh",
            "vận động mỗi hộ gia đình trang bị một bình chữa cháy và mở lối thoát nạn thứ hai",
            "xây dựng tổ liên gia an toàn, điểm chữa cháy công cộng tại ngõ sâu, hẻm nhỏ",
            "diễn tập phương án chữa cháy ít nhất hai lần mỗi năm",
            "đình chỉ hoạt động cơ sở không bảo đảm điều kiện an toàn cho đến khi khắc phục xong",
            "bảo dưỡng trụ nước, phương tiện chữa cháy, bảo đảm sẵn sàng trong mọi tình huống",
        ),
    ),
    Topic(
        "công tác giảm nghèo bền vững và an sinh xã hội",
        "hộ nghèo, hộ cận nghèo",
        "nâng cao thu nhập, từng bước thu hẹp khoảng cách giữa các vùng",
        "Nghị quyết về chương trình mục tiêu quốc gia giảm nghèo",
        "Sở Nông nghiệp và Môi trường",
        "SNNMT",
        (
            "rà soát hộ nghèo công khai, dân chủ, đúng đối tượng, không chạy theo thành tích",
            "cho vay vốn ưu đãi gắn với hướng dẫn kỹ thuật và bao tiêu sản phẩm",
            "xoá nhà tạm, nhà dột nát, hoàn thành trước mùa mưa bão",
            "đào tạo nghề theo nhu cầu thực tế, ưu tiên lao động nữ và người dân tộc thiểu số",
            "bảo đảm người nghèo được cấp thẻ bảo hiểm y tế, trẻ em được đến trường",
            "giám sát chặt chẽ việc sử dụng nguồn vốn, không để thất thoát, lãng phí",
        ),
    ),
    Topic(
        "công tác bảo vệ môi trường và quản lý chất thải rắn",
        "điểm tập kết rác, nguồn thải",
        "giữ gìn cảnh quan sáng, xanh, sạch, đẹp, nâng cao chất lượng sống của Nhân dân",
        "Luật Bảo vệ môi trường",
        "Sở Nông nghiệp và Môi trường",
        "SNNMT",
        (
            "phân loại rác tại nguồn, tổ chức thu gom theo tuyến và theo khung giờ cố định",
            "xoá các điểm đen về rác thải ven sông, ven biển, ven quốc lộ",
            "giảm sử dụng túi ni lông khó phân huỷ và đồ nhựa dùng một lần trong cơ quan",
            "quan trắc nguồn thải của các khu công nghiệp, công bố kết quả hằng tháng",
            "trồng cây xanh phân tán, chăm sóc tuyến đường hoa do các đoàn thể đảm nhận",
            "xử phạt nghiêm hành vi đổ trộm phế thải, xả nước thải chưa qua xử lý",
        ),
    ),
    Topic(
        "công tác tiếp công dân, giải quyết khiếu nại, tố cáo",
        "đơn thư, vụ việc tồn đọng",
        "giữ vững ổn định từ cơ sở, củng cố niềm tin của Nhân dân đối với chính quyền",
        "Luật Tiếp công dân",
        "Thanh tra tỉnh",
        "TTT",
        (
            "người đứng đầu trực tiếp tiếp công dân định kỳ và đối thoại khi có vụ việc phức tạp",
            "phân loại, xử lý đơn trong thời hạn luật định, không đùn đẩy, né tránh",
            "giải quyết dứt điểm vụ việc đông người, kéo dài, không để phát sinh điểm nóng",
            "cập nhật kết quả xử lý đơn vào cơ sở dữ liệu dùng chung của tỉnh",
            "kiểm tra trách nhiệm của thủ trưởng đơn vị để xảy ra khiếu nại vượt cấp",
            "phát huy vai trò của tổ hoà giải ở thôn, bản, tổ dân phố",
        ),
    ),
    Topic(
        "công tác bảo hiểm xã hội, bảo hiểm y tế toàn dân",
        "người tham gia bảo hiểm",
        "mở rộng diện bao phủ, bảo đảm quyền lợi chính đáng của người lao động",
        "Luật Bảo hiểm xã hội",
        "Bảo hiểm xã hội tỉnh",
        "BHXH",
        (
            "giao chỉ tiêu phát triển người tham gia đến từng xã, phường và đưa vào kế hoạch hằng năm",
            "đôn đốc doanh nghiệp chậm đóng, công khai đơn vị nợ kéo dài",
            "hỗ trợ thêm mức đóng cho học sinh, sinh viên và hộ làm nông nghiệp có mức sống trung bình",
            "nâng cao chất lượng khám, chữa bệnh ở tuyến cơ sở, giảm thời gian chờ của người bệnh",
            "đơn giản hoá hồ sơ, chi trả lương hưu, trợ cấp qua tài khoản cá nhân",
            "ngăn chặn hành vi trục lợi quỹ, lập hồ sơ khống, cho mượn thẻ",
        ),
    ),
    Topic(
        "công tác xây dựng nông thôn mới và đô thị văn minh",
        "tiêu chí, công trình hạ tầng thiết yếu",
        "hoàn thiện kết cấu hạ tầng, nâng cao đời sống vật chất và tinh thần của Nhân dân",
        "Nghị quyết về chương trình mục tiêu quốc gia xây dựng nông thôn mới",
        "Sở Xây dựng",
        "SXD",
        (
            "hoàn thành bê tông hoá đường trục thôn, lắp đặt đèn chiếu sáng ngõ xóm",
            "huy động sức dân trên tinh thần tự nguyện, công khai mọi khoản đóng góp",
            "phát triển sản phẩm OCOP gắn với vùng nguyên liệu và du lịch cộng đồng",
            "giữ gìn nếp sống văn hoá, thực hiện tiết kiệm trong việc cưới, việc tang",
            "thẩm định lại các xã đã đạt chuẩn, rút danh hiệu nếu không duy trì được tiêu chí",
            "bố trí vốn đối ứng kịp thời, không để nợ đọng xây dựng cơ bản",
        ),
    ),
    Topic(
        "công tác kiểm tra, giám sát và thi hành kỷ luật",
        "đảng viên, tổ chức được kiểm tra",
        "giữ nghiêm kỷ luật, kỷ cương, chủ động phòng ngừa vi phạm từ sớm, từ xa",
        "Luật Phòng, chống tham nhũng",
        "Thanh tra tỉnh",
        "TTT",
        (
            "xây dựng chương trình kiểm tra, giám sát có trọng tâm, trọng điểm ngay từ đầu năm",
            "giám sát thường xuyên việc thực hiện trách nhiệm nêu gương của người đứng đầu",
            "kết luận rõ ưu điểm, khuyết điểm, trách nhiệm của từng tập thể, cá nhân",
            "theo dõi việc khắc phục sau kiểm tra, không để kết luận nằm trên giấy",
            "bảo vệ người dám nói, dám làm, xử lý nghiêm hành vi lợi dụng tố cáo để vu khống",
            "đào tạo nghiệp vụ cho cán bộ làm công tác kiểm tra ở cơ sở",
        ),
    ),
)
