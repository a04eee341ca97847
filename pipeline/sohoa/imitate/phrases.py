# ruff: noqa: E501, ISC004 (sentences are kept whole, and wrapped only for the eye)
"""Sentence templates of made papers; the project's own wording in the manner of the genre.

Slots: ``work`` (công tác …), ``objects``, ``aim``, ``task`` (a clause of the topic), ``share``
(a percentage), ``count``, ``year``, ``quarter``, ``cite`` (a Party or State document), ``where``.
"""

from __future__ import annotations

PARTY_OPENING = (
    "[Những năm qua|Thời gian qua|Trong nhiệm kỳ vừa qua], {work} đã được [các cấp uỷ, tổ chức đảng|"
    "cấp uỷ, chính quyền các cấp] [quan tâm lãnh đạo, chỉ đạo|tập trung lãnh đạo và đạt nhiều kết quả tích cực]; "
    "[nhận thức của cán bộ, đảng viên được nâng lên rõ rệt|nền nếp làm việc có chuyển biến rõ nét], "
    "[tỉ lệ|tỷ lệ] hoàn thành chỉ tiêu đạt {share}, tăng so với giai đoạn trước.",
    "Thực hiện {cite}, {work} [có bước chuyển biến quan trọng|từng bước đi vào nền nếp], "
    "góp phần {aim}.",
)
PARTY_SHORTCOMING = (
    "Tuy nhiên, [bên cạnh kết quả đạt được|qua kiểm tra, giám sát], [vẫn còn|còn] [một số|không ít] "
    "hạn chế, khuyết điểm: [một số cấp uỷ chưa quan tâm đúng mức|có nơi còn xem nhẹ nhiệm vụ này]; "
    "việc quản lý {objects} [thiếu chặt chẽ|còn phân tán, chậm đổi mới]; [nguồn lực đầu tư còn hạn hẹp|"
    "kinh phí bố trí chưa tương xứng với yêu cầu]. Nguyên nhân chủ yếu là do [nhận thức của người đứng đầu chưa đầy đủ|"
    "công tác kiểm tra, đôn đốc chưa thường xuyên], [sự phối hợp giữa các ngành thiếu đồng bộ|chế tài xử lý chưa đủ mạnh].",
    "Song, so với yêu cầu, {work} [chưa theo kịp tình hình thực tiễn|còn nhiều mặt bất cập]; ở {count} đơn vị "
    "được kiểm tra, {objects} [chưa được cập nhật đầy đủ|chưa được phân công người theo dõi cụ thể]; "
    "[việc sơ kết, tổng kết còn hình thức|việc xử lý vi phạm có lúc chưa nghiêm].",
)
PARTY_TURN = (
    "Để [khắc phục những hạn chế nêu trên|tiếp tục tăng cường sự lãnh đạo của Đảng], [nâng cao hiệu quả|tạo chuyển biến mạnh mẽ trong] "
    "{work}, {actor} yêu cầu các cấp uỷ, tổ chức đảng, chính quyền, Mặt trận Tổ quốc và các đoàn thể tập trung "
    "thực hiện [tốt|có hiệu quả] một số nhiệm vụ, giải pháp [trọng tâm |chủ yếu ]sau đây:",
)
HEADINGS = (
    "Tăng cường sự lãnh đạo của cấp uỷ đối với {work}.",
    "Nâng cao nhận thức, trách nhiệm của cán bộ, đảng viên và Nhân dân.",
    "Hoàn thiện thể chế, chính sách về quản lý {objects}.",
    "Đầu tư nguồn lực, ứng dụng khoa học, công nghệ và chuyển đổi số.",
    "Củng cố tổ chức bộ máy, đào tạo, bồi dưỡng đội ngũ cán bộ chuyên trách.",
    "Tăng cường kiểm tra, giám sát, kịp thời biểu dương, phê bình và xử lý vi phạm.",
    "Phát huy vai trò của Mặt trận Tổ quốc, các đoàn thể và cơ quan báo chí.",
    "Mở rộng hợp tác, trao đổi kinh nghiệm giữa các địa phương, đơn vị.",
)
SENTENCES = (
    "[Cấp uỷ, tổ chức đảng các cấp|Người đứng đầu cấp uỷ, chính quyền] [xác định|coi] {work} là nhiệm vụ "
    "[thường xuyên, lâu dài|quan trọng, cần làm kiên trì, liên tục], [gắn với|đi đôi với] việc thực hiện nhiệm vụ chính trị của "
    "[địa phương, đơn vị|từng cơ quan].",
    "Đẩy mạnh [tuyên truyền, phổ biến|thông tin, hướng dẫn] [sâu rộng|bằng nhiều hình thức phù hợp], [giúp mọi người hiểu rõ|làm cho "
    "cán bộ, Nhân dân nắm vững] [ý nghĩa|nội dung và yêu cầu] của {work}, từ đó {task}.",
    "[Tập trung|Khẩn trương] {task}; {task}.",
    "[Chủ động|Kịp thời] {task}, [bảo đảm|đáp ứng yêu cầu] {aim}.",
    "[Phấn đấu|Đặt mục tiêu] đến [hết năm |hết {quarter}/]{year}, [ít nhất|trên] {share} số {objects} được [rà soát, cập nhật|"
    "quản lý thống nhất trên hệ thống]; năm {year} hoàn thành [toàn bộ|cơ bản] chỉ tiêu đã giao.",
    "Bố trí [đủ|hợp lý] kinh phí hằng năm, [ưu tiên|chú trọng] [vùng khó khăn|đơn vị ở cơ sở]; [huy động thêm|khuyến khích] "
    "nguồn lực xã hội [hợp pháp|theo quy định] để {task}.",
    "[Định kỳ 6 tháng|Hằng quý|Hằng năm], [tổ chức kiểm tra|tiến hành giám sát] việc thực hiện ở [ít nhất {count} đơn vị|cơ sở]; "
    "[kịp thời nhắc nhở|chấn chỉnh ngay] [nơi làm chưa tốt|biểu hiện hình thức, đối phó].",
    "[Kết quả thực hiện|Mức độ hoàn thành] {work} là [một căn cứ|tiêu chí] để [đánh giá, xếp loại|bình xét thi đua đối với] "
    "tập thể, cá nhân [hằng năm|khi kết thúc năm công tác].",
    "Tiếp tục thực hiện [nghiêm túc|có hiệu quả] {cite}; [lồng ghép|gắn] với [các chương trình, đề án đang triển khai|phong trào thi đua "
    "yêu nước] [tại {where}|ở từng địa bàn dân cư].",
    "Đào tạo, bồi dưỡng [{count} lượt cán bộ|đội ngũ cán bộ chuyên trách] [có bản lĩnh, trách nhiệm|vững về nghiệp vụ, thạo công nghệ], "
    "[quan tâm chế độ|bảo đảm điều kiện làm việc] cho người trực tiếp làm công việc này.",
    "[Rút kinh nghiệm|Học tập cách làm hay] từ [các mô hình điểm|{count} đơn vị làm trước], nhân rộng [phù hợp với điều kiện|sát với tình hình] "
    "từng nơi, [tránh|không] [chạy theo số lượng|làm dàn trải, lãng phí].",
    "Không để [xảy ra|kéo dài] tình trạng [né tránh trách nhiệm|chậm xử lý|buông lỏng quản lý] đối với {objects}; nơi nào để "
    "[xảy ra sai phạm|chậm tiến độ] thì người đứng đầu nơi đó phải [chịu trách nhiệm|kiểm điểm nghiêm túc].",
)
ASSIGNMENTS = (
    "[chủ trì, phối hợp với các cơ quan liên quan|căn cứ chức năng, nhiệm vụ] [hướng dẫn|theo dõi, đôn đốc] việc thực hiện, "
    "[định kỳ báo cáo|tổng hợp kết quả, báo cáo] {actor} [trước ngày {deadline}|hằng năm].",
    "lãnh đạo [xây dựng kế hoạch cụ thể|rà soát, sửa đổi, bổ sung các quy định], [bố trí nguồn lực|phân công rõ trách nhiệm] để {task}.",
    "[chỉ đạo, định hướng|tổ chức] tuyên truyền [sâu rộng|thường xuyên] nội dung văn bản này; [kịp thời phản ánh|giới thiệu] [gương điển hình|"
    "cách làm sáng tạo] ở cơ sở.",
    "[vận động|phối hợp vận động] đoàn viên, hội viên và Nhân dân [tích cực tham gia|giám sát việc thực hiện], góp phần {aim}.",
    "[kiểm tra, giám sát|tăng cường thanh tra] việc chấp hành, [xử lý nghiêm|kiến nghị xử lý] [các trường hợp vi phạm|tổ chức, cá nhân sai phạm].",
)
STATE_BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương {law_date};",
    "Căn cứ {law};",
    "Căn cứ {cite} quy định [chi tiết một số điều của|biện pháp thi hành] {law};",
    "Căn cứ {cite} hướng dẫn [thực hiện|triển khai] {work};",
)
ARTICLES = (
    "[Ban hành kèm theo Quyết định này|Phê duyệt] [danh mục nhiệm vụ|kế hoạch thực hiện] {work} [năm {year}|giai đoạn {year} - {later}] "
    "trên địa bàn {where}[, gồm {count} nhiệm vụ cụ thể nêu tại Phụ lục kèm theo|, chi tiết tại Phụ lục kèm theo].",
    "{department} [chịu trách nhiệm|có trách nhiệm] chủ trì, phối hợp với các sở, ban, ngành và Uỷ ban nhân dân các xã, phường "
    "tổ chức triển khai, [theo dõi, đôn đốc|kiểm tra] việc thực hiện Quyết định này.",
    "Quyết định này có hiệu lực [kể từ ngày ký|thi hành kể từ ngày {deadline}][ và thay thế {cite}|].",
    "Chánh Văn phòng Uỷ ban nhân dân {unit}, Giám đốc {department}, thủ trưởng các sở, ban, ngành và các tổ chức, cá nhân "
    "có liên quan chịu trách nhiệm thi hành Quyết định này./.",
)
LETTER_OPENING = (
    "Thực hiện {cite} về {work}, [sau khi xem xét đề nghị của {proposer}|trên cơ sở kết quả kiểm tra thực tế], {actor} [có ý kiến như sau|"
    "đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau]:",
    "[Ngày {deadline}|Vừa qua], {actor} nhận được [báo cáo|văn bản đề nghị] của {proposer} về {work}. "
    "Qua xem xét, {actor} [yêu cầu|đề nghị] thủ trưởng các cơ quan, đơn vị [tập trung thực hiện|lưu ý] các nội dung sau:",
)
LETTER_CLOSING = (
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về {department} để được hướng dẫn, "
    "giải quyết theo quy định./.",
    "Đề nghị các cơ quan, đơn vị quan tâm phối hợp, gửi kết quả về {department} trước ngày {deadline} để tổng hợp, báo cáo./.",
)
SECTIONS = (
    ("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
    ("MỤC TIÊU", "NHIỆM VỤ, GIẢI PHÁP", "PHÂN CÔNG TRÁCH NHIỆM"),
    ("PHẠM VI, ĐỐI TƯỢNG", "NỘI DUNG HƯỚNG DẪN", "TỔ CHỨC THỰC HIỆN"),
)
REPORT_SECTIONS = ("KẾT QUẢ THỰC HIỆN", "TỒN TẠI, HẠN CHẾ", "NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI")
POINTS = (
    "Công tác chỉ đạo, điều hành",
    "Công tác tuyên truyền, phổ biến",
    "Về nguồn lực thực hiện",
    "Về tiến độ và thời hạn",
    "Công tác kiểm tra, giám sát",
    "Chế độ thông tin, báo cáo",
    "Về đào tạo, bồi dưỡng cán bộ",
    "Ứng dụng công nghệ thông tin",
)
OWNERSHIP = (
    "Tài liệu này thuộc sở hữu của các cơ quan Đảng. Việc phát tán, sử dụng trái phép bị nghiêm cấm"
)
